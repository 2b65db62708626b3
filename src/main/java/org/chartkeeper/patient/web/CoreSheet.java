package org.chartkeeper.patient.web;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.chartkeeper.access.Directory;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.Ethnicity;
import org.chartkeeper.patient.Language;
import org.chartkeeper.patient.MaritalStatus;
import org.chartkeeper.patient.Race;
import org.chartkeeper.patient.TelecomSystem;
import org.chartkeeper.patient.TelecomUse;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.TypedTime;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;

/** What is not a list of its own: birth, death, language, race and ethnicity, marital status, phones. */
class CoreSheet implements Sheet {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.US);

    /** Fields of phones and e-mail: their name, label and what they are. */
    private enum Reach {
        HOME("homePhone", "Home phone", TelecomSystem.PHONE, TelecomUse.HOME),
        MOBILE("mobilePhone", "Mobile phone", TelecomSystem.PHONE, TelecomUse.MOBILE),
        WORK("workPhone", "Work phone", TelecomSystem.PHONE, TelecomUse.WORK),
        EMAIL("email", "E-mail", TelecomSystem.EMAIL, TelecomUse.HOME);

        private final String field;
        private final String label;
        private final TelecomSystem system;
        private final TelecomUse use;

        Reach(String field, String label, TelecomSystem system, TelecomUse use) {
            this.field = field;
            this.label = label;
            this.system = system;
            this.use = use;
        }

        boolean is(Demographics.Telecom telecom) {
            return telecom.until() == null
                    && telecom.system() == system
                    && (telecom.use() == use || system == TelecomSystem.EMAIL);
        }

        static Field field(Reach reach) {
            return Field.of(reach.field, reach.label, reach.system == TelecomSystem.EMAIL ? "email" : "tel", "c3");
        }
    }

    private final ZoneId zone;

    /** @param zone of the facility, for the time of birth */
    CoreSheet(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String title() {
        return "Demographics";
    }

    @Override
    public List<Field.Group> groups(List<Directory.Practitioner> practitioners) {
        return List.of(
                Field.Group.of(
                        "Birth and death",
                        Field.date("birthDate", "Birth date", "c3"),
                        Field.text("birthTime", "Time of birth", "c2").hint("Newborns"),
                        Field.text("order", "Birth order", "c2"),
                        Field.text("plurality", "Number born", "c2"),
                        Field.text("deceased", "Died on", "c3").hint("A date, or yes")),
                reach(),
                background(),
                races());
    }

    static Field.Group reach() {
        return Field.Group.of(
                "Phone and e-mail",
                Arrays.stream(Reach.values()).map(Reach::field).toList());
    }

    static Field.Group background() {
        List<Field> fields = new ArrayList<>(List.of(
                Field.select("language", "Preferred language", Field.options(Language.class), "c4"),
                Field.check("interpreter", "Needs an interpreter", "c4"),
                Field.select("maritalStatus", "Marital status", Field.options(MaritalStatus.class), "c4"),
                Field.select("ethnicity", "Ethnicity", Field.options(Ethnicity.class), "c4")));
        return Field.Group.of("Language and background", fields);
    }

    /** Race: several may apply. */
    static Field.Group races() {
        return Field.Group.of(
                        "Race",
                        Arrays.stream(Race.values())
                                .map(race -> Field.check(field(race), race.label(), "c4"))
                                .toList())
                .hint("As the patient states it; several may apply.");
    }

    private static String field(Race race) {
        return "race" + race.code().replace("-", "");
    }

    @Override
    public Map<String, String> read(Demographics data, @Nullable UUID item) {
        Map<String, String> values = new LinkedHashMap<>();
        PartialDate born = data.birthDate();
        values.put("birthDate", born == null ? "" : born.show());
        Instant time = data.birthTime();
        values.put("birthTime", time == null ? "" : TIME.format(time.atZone(zone)));
        Demographics.Birth birth = data.birth();
        values.put(
                "order",
                birth == null || birth.order() == null ? "" : birth.order().toString());
        values.put(
                "plurality",
                birth == null || birth.plurality() == null
                        ? ""
                        : birth.plurality().toString());
        String deceased = data.deceased();
        values.put(
                "deceased",
                deceased == null
                        ? ""
                        : PartialDate.find(deceased).map(PartialDate::show).orElse("yes"));
        for (Reach reach : Reach.values()) {
            values.put(
                    reach.field,
                    data.telecoms().stream()
                            .filter(reach::is)
                            .map(Demographics.Telecom::value)
                            .findFirst()
                            .orElse(""));
        }
        String language = data.language();
        values.put("language", language == null ? "" : known(language));
        values.put("interpreter", Boolean.toString(data.interpreter()));
        values.put(
                "maritalStatus",
                data.maritalStatus() == null ? "" : data.maritalStatus().code());
        values.put("ethnicity", data.ethnicity() == null ? "" : data.ethnicity().code());
        for (Race race : Race.values()) {
            values.put(field(race), Boolean.toString(data.races().contains(race)));
        }
        return values;
    }

    /** The offered tag for a stored one: en for en-US. */
    private static String known(String tag) {
        int region = tag.indexOf('-');
        return region < 0 ? tag : tag.substring(0, region);
    }

    @Override
    public Demographics apply(Demographics data, @Nullable UUID item, Values values) {
        PartialDate born = values.past("birthDate");
        Demographics.Builder next = data.toBuilder()
                .birthDate(born)
                .birthEstimated(data.birthEstimated() && Objects.equals(born, data.birthDate()))
                .birthTime(birthTime(data, born, values))
                .birth(birth(data.birth(), values))
                .deceased(deceased(data.deceased(), values));
        applyRest(next, data, values);
        return next.build();
    }

    /** Phones, language and background alone, which registration asks for as well. */
    static void applyRest(Demographics.Builder next, Demographics data, Values values) {
        next.telecoms(telecoms(data.telecoms(), values));
        String language = values.text("language");
        String stored = data.language();
        next.language(stored != null && known(stored).equals(language) ? stored : language);
        next.interpreter(values.checked("interpreter"));
        next.maritalStatus(values.choice("maritalStatus", MaritalStatus.class));
        next.ethnicity(values.choice("ethnicity", Ethnicity.class));
        next.races(Arrays.stream(Race.values())
                .filter(race -> values.checked(field(race)))
                .toList());
    }

    private @Nullable Instant birthTime(Demographics data, @Nullable PartialDate born, Values values) {
        String typed = values.text("birthTime");
        if (typed == null || born == null || !born.exact()) {
            return null;
        }
        LocalTime time = TypedTime.read(typed).orElse(null);
        if (time == null) {
            values.error("birthTime", "\"" + typed + "\" is no time. Type it like 15:52 or 3:52 pm.");
            return null;
        }
        Instant moment = born.from().atTime(time).atZone(zone).toInstant();
        Instant stored = data.birthTime();
        // The field shows minutes; seconds that were stored stay.
        boolean same = stored != null
                && TIME.format(stored.atZone(zone)).equals(TIME.format(moment.atZone(zone)))
                && stored.atZone(zone).toLocalDate().equals(born.from());
        return same ? stored : moment;
    }

    private static Demographics.@Nullable Birth birth(Demographics.@Nullable Birth old, Values values) {
        Integer order = values.number("order");
        Integer plurality = values.number("plurality");
        Integer gestation = old == null ? null : old.gestationDays();
        Integer weight = old == null ? null : old.weightGrams();
        return order == null && plurality == null && gestation == null && weight == null
                ? null
                : new Demographics.Birth(order, plurality, gestation, weight);
    }

    private static @Nullable String deceased(@Nullable String old, Values values) {
        String typed = values.text("deceased");
        if (typed == null) {
            return null;
        }
        if (typed.equalsIgnoreCase("yes")) {
            return "true";
        }
        PartialDate date = values.past("deceased");
        // A stored moment of death stays where its day is the same.
        boolean same = date != null && date.equals(PartialDate.find(old).orElse(null));
        return date == null || same ? old : date.toString();
    }

    static List<Demographics.Telecom> telecoms(List<Demographics.Telecom> old, Values values) {
        List<Demographics.Telecom> all = new ArrayList<>(old);
        for (Reach reach : Reach.values()) {
            String typed = values.text(reach.field);
            Demographics.Telecom current =
                    all.stream().filter(reach::is).findFirst().orElse(null);
            if (typed == null) {
                all.remove(current);
            } else if (current == null) {
                all.add(Demographics.Telecom.of(reach.system, reach.use, typed));
            } else if (!current.value().equals(typed)) {
                all.set(
                        all.indexOf(current),
                        new Demographics.Telecom(
                                Uuid7.next(), reach.system, current.use(), typed, current.note(), null));
            }
        }
        return all;
    }
}
