package dev.lmmrec.core.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {

    @Test
    void compressedStream_isUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("a review".getBytes(UTF_8));
        }

        assertThat(unpacked(packed.toByteArray())).isEqualTo("a review");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a review", "\u001f", "\u001fx"})
    void plainStream_isReadFromItsBeginning(String content) throws IOException {
        assertThat(unpacked(content.getBytes(UTF_8))).isEqualTo(content);
    }

    private static String unpacked(byte[] content) throws IOException {
        return new String(Gzip.unpacked(new ByteArrayInputStream(content)).readAllBytes(), UTF_8);
    }
}
