package dev.lmmrec.training.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A parsed command with the value of every option that shapes its outcome, typed or not. */
final class EffectiveCommand {

    /** Where something lies, what is told of the run and what becomes of the artefact: none of it makes another. */
    private static final Set<String> BESIDE = Set.of(
            "--rows",
            "--out",
            "--json",
            "--checkpoints",
            "--no-publish",
            "--promote",
            "--gate",
            "--tolerance",
            "--force");

    private EffectiveCommand() {}

    /**
     * Writes it as words that can be run again.
     *
     * @param spec of a command that was parsed
     * @return its name, then one word an option
     * @throws IllegalStateException if an option names a file whose content would be lost
     */
    static List<String> of(CommandSpec spec) {
        List<String> words = new ArrayList<>();
        words.add(spec.name());
        for (OptionSpec option : spec.options()) {
            String name = option.longestName();
            if (!option.usageHelp() && !option.versionHelp() && !BESIDE.contains(name)) {
                add(words, name, option.getValue());
            }
        }
        return words;
    }

    private static void add(List<String> words, String name, Object value) {
        if (value instanceof Boolean given) {
            if (given) {
                words.add(name);
            }
        } else if (value instanceof Map<?, ?> chosen) {
            chosen.forEach((key, x) -> words.add(name + "=" + key + "=" + x));
        } else if (value instanceof Collection<?> several) {
            several.forEach(one -> add(words, name, one));
        } else if (value instanceof Path) {
            throw new IllegalStateException(name + " names a file, which is nothing to keep in a manifest");
        } else if (value != null) {
            words.add(name + "=" + value);
        }
    }
}
