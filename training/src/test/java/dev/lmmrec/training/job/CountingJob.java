package dev.lmmrec.training.job;

import dev.lmmrec.training.data.RefusedInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** A job whose command counts, says so, and ignores everything else until it is killed. */
final class CountingJob {

    private static final int STEP_MILLIS = 20;

    private CountingJob() {}

    public static void main(String[] arguments) throws IOException, RefusedInputException {
        // nothing is kept unless somebody asks to
        Job.Place place = new Job.Place(
                Optional.of(S3Address.parse(arguments[0])),
                "counting",
                Path.of(arguments[1]),
                Duration.ofHours(1),
                Duration.ofSeconds(Long.parseLong(arguments[2])));
        try (S3Client s3 = S3Client.builder()
                .endpointOverride(URI.create(System.getProperty("aws.endpointUrlS3")))
                .httpClient(UrlConnectionHttpClient.create())
                .forcePathStyle(true)
                .build()) {
            System.exit(new Job(s3, place, new Counting(), System.out::println).run(List.of("count")));
        }
    }

    private static final class Counting implements Job.Command {

        @Override
        public int run(List<String> words) {
            Path folder = Path.of(words.get(2));
            try {
                Files.createDirectories(folder);
                for (int count = 1; true; count++) {
                    Path beside = Files.writeString(folder.resolve("beside"), Integer.toString(count));
                    Files.move(
                            beside,
                            folder.resolve("count"),
                            StandardCopyOption.ATOMIC_MOVE,
                            StandardCopyOption.REPLACE_EXISTING);
                    System.out.println("count " + count);
                    Thread.sleep(STEP_MILLIS);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean keepsCheckpoints(String name) {
            return true;
        }
    }
}
