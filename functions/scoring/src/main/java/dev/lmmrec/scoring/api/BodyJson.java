package dev.lmmrec.scoring.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.type.LogicalType;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.Map;

/**
 * Reads bodies as they are written: no value is taken for one of another type, nothing is overlooked. A mapper of its
 * own and no setting of the shared one, by which the events of Lambda are read as well: those may come to be written in
 * other ways, bodies may not.
 */
@Provider
public final class BodyJson implements ContextResolver<ObjectMapper> {

    /** By type of a field: what else Jackson would take for it. */
    private static final Map<LogicalType, List<CoercionInputShape>> NOT_TAKEN = Map.of(
            LogicalType.Textual,
            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean),
            LogicalType.Integer,
            List.of(
                    CoercionInputShape.Float,
                    CoercionInputShape.Boolean,
                    CoercionInputShape.String,
                    CoercionInputShape.EmptyString),
            LogicalType.Float,
            List.of(CoercionInputShape.Boolean, CoercionInputShape.String, CoercionInputShape.EmptyString),
            LogicalType.Boolean,
            List.of(
                    CoercionInputShape.Integer,
                    CoercionInputShape.Float,
                    CoercionInputShape.String,
                    CoercionInputShape.EmptyString));

    private final ObjectMapper strict;

    /**
     * Made by the container.
     *
     * @param shared the mapper of everything else, not changed
     */
    @Inject
    public BodyJson(ObjectMapper shared) {
        strict = shared.copy()
                .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        NOT_TAKEN.forEach((type, shapes) ->
                shapes.forEach(shape -> strict.coercionConfigFor(type).setCoercion(shape, CoercionAction.Fail)));
    }

    @Override
    public ObjectMapper getContext(Class<?> type) {
        return strict;
    }
}
