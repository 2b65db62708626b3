package org.chartkeeper.patient;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patient as an import met it.
 *
 * @param sourceId its id at the source
 * @param birthDate ISO text, possibly partial
 * @param gender FHIR administrative gender: male, female, other, unknown
 * @param race OMB category codes or text as given
 * @param deceased ISO date or date-time, {@code true} where only the fact is known, null where living
 * @param contentHash hash of the source's resource, to see a change
 */
public record ImportedPatient(
        String sourceId,
        List<Identifier> identifiers,
        List<Name> names,
        @Nullable String birthDate,
        @Nullable String gender,
        @Nullable String birthSex,
        List<String> race,
        @Nullable String ethnicity,
        @Nullable String language,
        @Nullable String maritalStatus,
        @Nullable String deceased,
        List<Address> addresses,
        List<Telecom> telecoms,
        @Nullable Boolean multipleBirth,
        @Nullable Integer birthOrder,
        String contentHash) {

    /** An identifier and who assigned it (FHIR system). {@code type}: MR, SS, DL, PPN, or empty. */
    public record Identifier(String assigner, String value, String type) {}

    /** A name. {@code use}: official, usual, maiden, nickname, old. */
    public record Name(
            String use,
            String family,
            String given,
            @Nullable String prefix,
            @Nullable String suffix,
            @Nullable String from,
            @Nullable String until) {}

    /** An address. */
    public record Address(
            @Nullable String use,
            List<String> lines,
            @Nullable String city,
            @Nullable String state,
            @Nullable String postalCode,
            @Nullable String country,
            @Nullable String from,
            @Nullable String until) {}

    /** A phone or e-mail. {@code system}: phone, email, fax. */
    public record Telecom(
            String system, String value, @Nullable String use) {}
}
