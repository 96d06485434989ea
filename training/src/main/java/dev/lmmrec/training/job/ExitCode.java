package dev.lmmrec.training.job;

import dev.lmmrec.core.queue.ReviewsNotSentException;
import dev.lmmrec.models.DamagedArtefactException;
import dev.lmmrec.training.data.RefusedInputException;
import dev.lmmrec.training.run.PromotionRefusedException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * How a job ends, as a scheduler sees it. The retry rules in {@code docs/batch.md} are about these numbers; a test
 * keeps the two together.
 */
public enum ExitCode {

    /** Everything asked for is done. */
    DONE(0, false),

    /** The program failed in a way that would come again: a bug, no disk, no memory. */
    FAILED(1, false),

    /** The configuration, the options or the input are wrong. */
    REFUSED(2, false),

    /** The run went well and its outcome was not good enough: a gate or a comparison said no. */
    GATE(3, false),

    /** A service or the network did not answer; later it may. The number is EX_TEMPFAIL of sysexits.h. */
    TEMPORARY(75, true),

    /** SIGTERM, 128 + 15: the machine is taken away. */
    INTERRUPTED(143, true);

    private static final int SERVER_ERROR = 500;

    private final int number;
    private final boolean retried;

    ExitCode(int number, boolean retried) {
        this.number = number;
        this.retried = retried;
    }

    /**
     * What the process ends with.
     *
     * @return 0 to 255
     */
    public int number() {
        return number;
    }

    /**
     * Whether another attempt of the same job makes sense.
     *
     * @return true if the cause lies outside the job
     */
    public boolean retried() {
        return retried;
    }

    /**
     * Says how a failure ends a job. The innermost cause that tells counts, for what is outside is often only where it
     * was noticed.
     *
     * @param failure what was thrown
     * @return {@link #FAILED} if nothing in it tells more
     */
    public static ExitCode of(Throwable failure) {
        ExitCode found = FAILED;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ExitCode told = told(cause);
            found = told == FAILED ? found : told;
        }
        return found;
    }

    private static ExitCode told(Throwable cause) {
        if (cause instanceof AwsServiceException answer) {
            return answer.statusCode() >= SERVER_ERROR
                            || answer.isThrottlingException()
                            || answer.isClockSkewException()
                    ? TEMPORARY
                    : REFUSED;
        }
        if (cause instanceof SdkException
                || cause instanceof SocketException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnknownHostException) {
            return TEMPORARY;
        }
        if (cause instanceof ReviewsNotSentException sent) {
            return sent.isSenderFault() ? REFUSED : TEMPORARY;
        }
        if (cause instanceof PromotionRefusedException) {
            return GATE;
        }
        if (cause instanceof RefusedInputException
                || cause instanceof DamagedArtefactException
                || cause instanceof NoSuchFileException
                || cause instanceof FileAlreadyExistsException
                || cause instanceof AccessDeniedException) {
            return REFUSED;
        }
        return FAILED;
    }
}
