package org.chartkeeper.exchange.domain.fhir;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;

/**
 * A FHIR date or dateTime.
 *
 * @param at its beginning; of a date without time the beginning of the day at the facility
 * @param precision year, month, day, minute or second
 * @param text ISO text of the same precision, moments in UTC
 */
record FhirTime(Instant at, String precision, String text) {

    /**
     * Reads {@code 2024}, {@code 2024-05}, {@code 2024-05-17}, {@code 2024-05-17T08:30:00-04:00}.
     *
     * @param zone of dates, and of moments that were written without an offset although FHIR asks for one
     * @throws DateTimeException where it is none of these
     */
    static FhirTime parse(String text, ZoneId zone) {
        switch (text.length()) {
            case 4 -> {
                return new FhirTime(Year.parse(text).atDay(1).atStartOfDay(zone).toInstant(), "year", text);
            }
            case 7 -> {
                return new FhirTime(
                        YearMonth.parse(text).atDay(1).atStartOfDay(zone).toInstant(), "month", text);
            }
            case 10 -> {
                return new FhirTime(LocalDate.parse(text).atStartOfDay(zone).toInstant(), "day", text);
            }
            default -> {
                int time = text.indexOf('T');
                if (time != 10) {
                    throw new DateTimeException("no date or time of FHIR");
                }
                boolean offset = text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
                Instant at = offset
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDateTime.parse(text).atZone(zone).toInstant();
                boolean seconds = text.length() > 16 && text.charAt(16) == ':';
                return new FhirTime(at, seconds ? "second" : "minute", at.toString());
            }
        }
    }
}
