package org.chartkeeper.chart.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ContentJsonTest {

    private static int next;

    static Stream<Class<?>> contents() {
        return Arrays.stream(Content.class.getPermittedSubclasses())
                .sorted((a, b) -> a.getName().compareTo(b.getName()));
    }

    @ParameterizedTest
    @MethodSource("contents")
    void every_part_of_a_content_comes_back_as_it_was_written(Class<?> type) throws Exception {
        Content full = (Content) sample(type, true);
        Content sparse = (Content) sample(type, false);

        assertThat(ContentJson.read(ContentJson.write(full))).isEqualTo(full);
        assertThat(ContentJson.read(ContentJson.write(sparse))).isEqualTo(sparse);
    }

    @ParameterizedTest
    @MethodSource("contents")
    void keys_stand_in_the_order_of_rfc_8785_and_nothing_is_empty(Class<?> type) throws Exception {
        for (boolean full : new boolean[] {true, false}) {
            String json = ContentJson.write((Content) sample(type, full));

            JsonNode tree = JsonMapper.builder().build().readTree(json);
            sorted(tree);
            assertThat(tree.toString()).as("the shortest text of the same tree").isEqualTo(json);
        }
    }

    @Test
    void characters_are_escaped_as_rfc_8785_says() {
        String text = "\"\\ \b\t\n\f\r \u0001 é € 😀 </script>";

        assertThat(new CanonicalWriter(10).open().text("a", text).close().toString())
                .isEqualTo("{\"a\":\"\\\"\\\\ \\b\\t\\n\\f\\r \\u0001 é € 😀 </script>\"}");
    }

    @Test
    void half_a_surrogate_pair_becomes_the_replacement_character() {
        assertThat(new CanonicalWriter(10)
                        .open()
                        .text("a", "x\ud83dy\udc00")
                        .close()
                        .toString())
                .isEqualTo("{\"a\":\"x\ufffdy\ufffd\"}");
    }

    @Test
    void decimals_keep_their_zeros() {
        assertThat(ContentJson.write(Fixture.weight("7.40"))).contains("\"number\":\"7.40\"");
    }

    private static void sorted(JsonNode node) {
        if (node.isObject()) {
            List<String> names = new ArrayList<>(node.propertyNames());
            assertThat(names).isSorted();
        }
        assertThat(node.isNull()).isFalse();
        assertThat(node.isArray() && node.isEmpty()).isFalse();
        for (JsonNode child : node) {
            sorted(child);
        }
    }

    /** A record with every part filled, or with what may be absent absent. */
    private static Object sample(Class<?> type, boolean full) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(components[i].getGenericType(), components[i], full);
        }
        Constructor<?> constructor = type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        return constructor.newInstance(values);
    }

    private static Object value(Type type, RecordComponent component, boolean full) throws Exception {
        boolean nullable = component.getAnnotatedType().isAnnotationPresent(org.jspecify.annotations.Nullable.class);
        if (nullable && !full) {
            return null;
        }
        if (type == boolean.class || type == Boolean.class) {
            return full;
        }
        if (type == Integer.class || type == int.class) {
            return ++next;
        }
        if (type == long.class) {
            return (long) ++next;
        }
        if (type == String.class) {
            return component.getName() + " " + ++next;
        }
        if (type == Concept.class) {
            return full
                    ? new Concept(
                            "words " + ++next,
                            List.of(
                                    new Concept.Coding(Concept.SNOMED, "1" + next, "display"),
                                    new Concept.Coding(Concept.LOINC, "2" + next, null)))
                    : Concept.of("words");
        }
        if (type instanceof ParameterizedType list) {
            if (!full) {
                return List.of();
            }
            Class<?> item = (Class<?>) list.getActualTypeArguments()[0];
            return item == String.class ? List.of("one", "two") : List.of(sample(item, true), sample(item, false));
        }
        return sample((Class<?>) type, full);
    }
}
