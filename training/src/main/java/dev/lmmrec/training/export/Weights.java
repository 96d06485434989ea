package dev.lmmrec.training.export;

import dev.lmmrec.training.gradient.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of one parameter.
 *
 * @param values row by row
 * @param shape its sizes
 */
// nobody compares or changes them
@SuppressWarnings("ArrayRecordComponent")
public record Weights(float[] values, long... shape) {

    /**
     * What is to be written of some parameters.
     *
     * @param parameters as they are now
     * @return copies of their numbers by their names, in their order
     */
    public static Map<String, Weights> byName(List<Parameter> parameters) {
        Map<String, Weights> weights = new LinkedHashMap<>();
        for (Parameter each : parameters) {
            weights.put(
                    each.name(),
                    new Weights(each.numbers().clone(), each.value().getShape().getShape()));
        }
        return weights;
    }
}
