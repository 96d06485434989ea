package dev.lmmrec.models;

import dev.lmmrec.models.testing.S3Local;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real S3 server. */
class S3ArtefactsTest extends ArtefactRepositoryContract {

    @TempDir
    static Path root;

    private static S3Local server;

    private String bucket;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Local.in(root);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createBucket() {
        bucket = server.createBucket();
    }

    @Override
    ObjectStore store() {
        return new S3Objects(server.client(), bucket);
    }
}
