package dev.lmmrec.training.cli;

import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.job.ExitCode;
import dev.lmmrec.training.job.Job;
import dev.lmmrec.training.job.S3Address;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code job}: another command, in a container that may be taken away. */
@Command(
        name = "job",
        mixinStandardHelpOptions = true,
        description = "Runs another command as a job, as on AWS Batch: s3:// addresses among its arguments are"
                + " downloaded before and uploaded after, its state is kept in S3, and the same job goes on from there"
                + " when it is started again.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; it would fail again",
            "2:wrong configuration, options or input",
            "3:the outcome was refused by a gate",
            "75:a service did not answer; try again",
            "143:interrupted by SIGTERM; try again"
        })
final class JobCommand implements Callable<Integer> {

    private final Clients clients;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--state",
            paramLabel = "S3-PREFIX",
            defaultValue = "${env:LMMREC_JOB_STATE}",
            description = "Where jobs keep what they can go on from, each below its id (default: what LMMREC_JOB_STATE"
                    + " says; without, an interrupted job begins anew).")
    private String state;

    @Option(
            names = "--id",
            paramLabel = "ID",
            defaultValue = "${env:AWS_BATCH_JOB_ID}",
            description = "The same for every attempt (default: what AWS_BATCH_JOB_ID says).")
    private String id;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = "job",
            description = "Local files of this attempt; empty or not there yet (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(
            names = "--keep-millis",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How often to look for something new to keep (default: ${DEFAULT-VALUE}).")
    private long keepMillis;

    @Option(
            names = "--grace-seconds",
            paramLabel = "N",
            defaultValue = "25",
            description = "How long the answer to SIGTERM may take; ECS kills 30 seconds after it unless told otherwise"
                    + " (default: ${DEFAULT-VALUE}).")
    private long graceSeconds;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command and its arguments.")
    private List<String> words;

    JobCommand(Clients clients) {
        this.clients = clients;
    }

    @Override
    public Integer call() throws Exception {
        if (state != null && id == null) {
            throw new ParameterException(spec.commandLine(), "give --id, or set AWS_BATCH_JOB_ID as AWS Batch does");
        }
        if (keepMillis < 1 || graceSeconds < 1) {
            throw new ParameterException(spec.commandLine(), "--keep-millis and --grace-seconds must be at least 1");
        }
        Inner inner = new Inner(Main.commandLine(clients).setOut(out()).setErr(err()));
        if (!inner.has(words.get(0))) {
            throw new ParameterException(spec.commandLine(), "there is no command '" + words.get(0) + "' for a job");
        }
        try {
            Job.Place place = place();
            try (S3Client s3 = S3Client.builder()
                    .httpClient(UrlConnectionHttpClient.create())
                    .forcePathStyle(true)
                    .build()) {
                return new Job(s3, place, inner, this::log).run(words);
            }
        } catch (ParameterException e) {
            throw e;
        } catch (Exception e) {
            return inner.failure(e, spec.commandLine());
        }
    }

    private Job.Place place() throws RefusedInputException {
        Optional<S3Address> kept = state == null ? Optional.empty() : Optional.of(S3Address.parse(state));
        try {
            return new Job.Place(
                    kept,
                    String.valueOf(id),
                    folder.toAbsolutePath(),
                    Duration.ofMillis(keepMillis),
                    Duration.ofSeconds(graceSeconds));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void log(String line) {
        out().println("job        " + line);
        out().flush();
    }

    /** The other commands, ending with what a scheduler understands. */
    private static final class Inner implements Job.Command {

        private final CommandLine commandLine;

        Inner(CommandLine commandLine) {
            this.commandLine = commandLine;
            commandLine.setExecutionExceptionHandler((e, command, parsed) -> failure(e, command));
        }

        boolean has(String name) {
            return !name.equals("job") && commandLine.getSubcommands().containsKey(name);
        }

        int failure(Exception e, CommandLine command) throws Exception {
            Main.failure(e, command);
            return ExitCode.of(e).number();
        }

        @Override
        public int run(List<String> words) {
            return commandLine.execute(words.toArray(String[]::new));
        }

        @Override
        public boolean keepsCheckpoints(String name) {
            CommandLine command = commandLine.getSubcommands().get(name);
            return command != null && command.getCommandSpec().findOption("--checkpoints") != null;
        }
    }
}
