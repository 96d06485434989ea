package dev.lmmrec.training.cli;

import dev.lmmrec.core.intake.ReviewFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Formats go by the names that users type. */
final class FormatConverter implements ITypeConverter<ReviewFormat> {

    @Override
    public ReviewFormat convert(String name) {
        try {
            return ReviewFormat.named(name);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
