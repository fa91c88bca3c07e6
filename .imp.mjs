const t=process.cpuUsage(); const a=performance.now();
await import(process.argv[2]);
const u=process.cpuUsage(t); console.log(process.argv[2],'ms',(performance.now()-a).toFixed(0),'cpu',((u.user+u.system)/1000).toFixed(0), 'total cpu', (()=>{const c=process.cpuUsage();return ((c.user+c.system)/1000).toFixed(0)})());
