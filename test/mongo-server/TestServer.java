// A MongoDB server in memory for tests (mongo-java-server), with its wire version raised to 13: the driver's version 7
// requires that. It stores nothing, has no sessions, transactions, TTL or logins, and does not report that: see
// docs/decisions/0010-mongo-store.md.

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

public class TestServer {
    public static void main(String[] args) {
        MemoryBackend backend = new MemoryBackend();
        backend.version(new MongoVersion() {
            public List<Integer> getVersionArray() { return List.of(5, 0, 0, 0); }
            public int getWireVersion() { return 13; }
        });
        System.out.println(new MongoServer(backend).bindAndGetConnectionString());
    }
}
