package org.chartkeeper.patient.domain;

import java.util.UUID;
import java.util.function.Function;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.platform.CanonicalJson;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** The stored text of a registration: canonical JSON out, and back. */
final class Contents {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addModule(new SimpleModule()
                    .addDeserializer(FacilityId.class, id(FacilityId::new))
                    .addDeserializer(PatientId.class, id(PatientId::new))
                    .addDeserializer(PractitionerId.class, id(PractitionerId::new))
                    .addDeserializer(UserId.class, id(UserId::new)))
            .build();

    private Contents() {}

    static String write(Demographics data) {
        return CanonicalJson.of(data);
    }

    static Demographics read(String json) {
        return MAPPER.readValue(json, Demographics.class);
    }

    private static <T> ValueDeserializer<T> id(Function<UUID, T> make) {
        return new ValueDeserializer<>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) {
                return make.apply(UUID.fromString(parser.getString()));
            }
        };
    }
}
