package dev.loupe.result.store;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.MalformedResult;
import dev.loupe.result.RunResult;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/**
 * The text of results.json. The layout is that of the records {@link StoredRun} and below, keys in snake_case. A key is
 * needed unless its component is {@link Nullable}; a key that no component has is left alone: a later version may add some.
 */
final class ResultJson {
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(200_000_000)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .annotationIntrospector(new Needed())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .addModule(new SimpleModule()
                    .addDeserializer(double.class, new StoredDouble())
                    .addDeserializer(Double.class, new StoredDouble())
                    .addDeserializer(double[].class, new StoredDouble.Several()))
            .build();

    /** What may be absent or null is what the code itself calls nullable. */
    private static final class Needed extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonSetter.Value findSetterInfo(Annotated annotated) {
            JsonSetter.Value written = super.findSetterInfo(annotated);
            boolean open = !(annotated instanceof AnnotatedParameter parameter) || nullable(parameter);
            return open || written.nonDefaultValueNulls() != null
                    ? written
                    : JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL);
        }

        private static boolean nullable(AnnotatedParameter parameter) {
            return parameter.getOwner().getAnnotated() instanceof Executable executable
                    && executable.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(
                            Nullable.class);
        }
    }

    private ResultJson() {}

    /** @param most so many numbers of a measurement are written; more are left to the tensors */
    static byte[] write(RunResult run, int most) throws JsonProcessingException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(lines))
                .writeValueAsBytes(StoredRun.of(run, most));
    }

    /**
     * Reads a run.
     *
     * @throws JsonProcessingException where the text is no JSON
     * @throws MalformedResult where it is, but of another layout
     */
    static RunResult read(String text, StoredNumbers tensors) throws JsonProcessingException {
        JsonNode root = JSON.readTree(text);
        int version = need(root, "loupe_results").asInt();
        if (version < 1 || version > StoredRun.VERSION) {
            throw new MalformedResult(
                    "loupe_results is " + version + ", this version of Loupe reads up to " + StoredRun.VERSION);
        }
        if (version == 1 && root.get("claims") instanceof ArrayNode claims) {
            for (int i = 0; i < claims.size(); i++) {
                claims.set(i, JSON.valueToTree(StoredClaim.of(claimBeforeVerdicts(claims.get(i)))));
            }
        }
        return as(StoredRun.class, root).run(tensors);
    }

    static ClaimResult claimBeforeVerdicts(JsonNode node) {
        return as(ClaimBeforeVerdicts.class, node).claim();
    }

    private static <T> T as(Class<T> type, JsonNode node) {
        try {
            return JSON.treeToValue(node, type);
        } catch (JsonMappingException e) {
            throw new MalformedResult(Misfit.of(e, node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is well-formed", e);
        }
    }

    private static JsonNode need(JsonNode node, String key) {
        JsonNode value = node.get(key);
        if (value == null) {
            throw new MalformedResult("the key '" + key + "' is missing");
        }
        return value;
    }
}
