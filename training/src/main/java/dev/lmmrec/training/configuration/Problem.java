package dev.lmmrec.training.configuration;

/**
 * One mistake of a configuration.
 *
 * @param line where it is, from 1; 0 if it is in no line, such as a part that is missing
 * @param field such as {@code backbones[1].settings.ridge}
 * @param message what is wrong and what is allowed
 */
public record Problem(int line, String field, String message) {

    @Override
    public String toString() {
        return (line > 0 ? "line " + line + ": " : "") + field + " " + message;
    }
}
