package org.chartkeeper.coding.domain;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientOfPath;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whose a coding case, a query and a drug order are, by the id in the address. */
@Configuration(proxyBeanMethods = false)
class CodingAddresses {

    @Bean
    PatientOfPath patientOfCase(CaseRows rows) {
        return new ById("case", rows::patient);
    }

    @Bean
    PatientOfPath patientOfQuery(QueryRows rows) {
        return new ById("query", rows::patient);
    }

    @Bean
    PatientOfPath patientOfOrder(OrderRows rows) {
        return new ById("order", rows::patient);
    }

    private record ById(String variable, Function<UUID, Optional<PatientId>> rows) implements PatientOfPath {

        @Override
        public Optional<PatientId> patient(String id) {
            try {
                return id.length() == 36 ? rows.apply(UUID.fromString(id)) : Optional.empty();
            } catch (IllegalArgumentException malformed) {
                return Optional.empty();
            }
        }
    }
}
