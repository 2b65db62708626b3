package org.chartkeeper.terminology.domain;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.terminology.DrugBook;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Answers from the loaded drug tables, a few indexed rows at a time: the tables are too large to be held. */
@Component
class LoadedDrugs implements DrugBook {

    private static final Pattern LEADING = Pattern.compile(
            "(?i)^(?:\\d[\\d.,]* (?:ML|L|MG|GM|HR|ACTUAT|DAY|UNT|MCG|SQCM|MEQ|DOSES?|AMP)\\b\\s*|breath-actuated |"
                    + "abuse-deterrent |once-daily |24-hour |12-hour )+");
    private static final Pattern AMOUNT = Pattern.compile(" (?:\\d|\\[| \\()");
    private static final Pattern PACK = Pattern.compile("\\d+ \\(([^()]*(?:\\([^()]*\\)[^()]*)*)\\)");
    private static final Pattern FORM = Pattern.compile(
            "(?i) (?:oral|topical|ophthalmic|otic|nasal|injectable|inhalation|inhalant|rectal|vaginal|transdermal|sublingual"
                    + "|buccal|prefilled|metered|chewable|extended|delayed|irrigation|medicated|mucosal|intranasal|product"
                    + "|cartridge|injection|pill)\\b.*");

    private final JdbcClient database;

    LoadedDrugs(JdbcClient database) {
        this.database = database;
    }

    private record Fact(String series, String title, boolean active, String detail) {}

    private List<Fact> facts(String rxcui) {
        return database.sql("select series, title, billable, detail from code_entry where code = :code and series in"
                        + " ('rxnorm', 'rxnorm-ndc-drugs', 'rxnorm-archive', 'rxnorm-relations') and until is null"
                        + " order by series, title")
                .param("code", rxcui)
                .query((row, number) ->
                        new Fact(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4)))
                .list();
    }

    @Override
    public Optional<Drug> drug(String rxcui) {
        if (!rxcui.matches("\\d{1,10}")) {
            return Optional.empty();
        }
        List<Fact> facts = facts(rxcui);
        Optional<Fact> concept =
                facts.stream().filter(fact -> fact.series.equals("rxnorm")).findFirst();
        Optional<Fact> former = facts.stream()
                .filter(fact -> fact.series.equals("rxnorm-archive"))
                .findFirst();
        Optional<Fact> named = facts.stream()
                .filter(fact -> fact.series.equals("rxnorm-ndc-drugs"))
                .findFirst();
        Fact said = concept.or(() -> former).or(() -> named).orElse(null);
        if (said == null) {
            return Optional.empty();
        }
        boolean table = concept.isEmpty() && former.isEmpty();
        List<String> successors = former.stream()
                .flatMap(fact -> Arrays.stream(fact.title.split("[,;]")))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
        String name = former.isPresent() && concept.isEmpty() ? archivedName(rxcui) : said.title;
        Status status = table
                ? Status.UNSAID
                : concept.isPresent() && said.active
                        ? Status.ACTIVE
                        : successors.isEmpty() ? Status.OBSOLETE : Status.REMAPPED;
        List<String> related = ingredients(facts);
        return Optional.of(new Drug(
                rxcui,
                name,
                table ? "" : said.detail,
                status,
                related.isEmpty() ? ingredientsOf(name) : related,
                status == Status.ACTIVE ? List.of() : successors,
                editionOf(table ? "rxnorm-ndc" : concept.isPresent() ? "rxnorm" : "rxnorm-archive")));
    }

    /** In the archive the title is the identifier that took its place and the short title the former name. */
    private String archivedName(String rxcui) {
        return database.sql(
                        "select short_title from code_entry where series = 'rxnorm-archive' and code = :code limit 1")
                .param("code", rxcui)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** Ingredients that the relations tell: of the drug itself, or of the components that it consists of. */
    private List<String> ingredients(List<Fact> facts) {
        List<String> direct = related(facts, "has_ingredient");
        if (direct.isEmpty()) {
            List<String> components = related(facts, "consists_of");
            if (!components.isEmpty()) {
                direct = database.sql(
                                "select distinct title from code_entry where series = 'rxnorm-relations' and code in"
                                        + " (:codes) and detail = 'has_ingredient' and until is null")
                        .param("codes", components)
                        .query((row, number) -> row.getString(1))
                        .list();
            }
        }
        if (direct.isEmpty()) {
            return List.of();
        }
        return database.sql(
                        "select distinct lower(title) from code_entry where series = 'rxnorm' and code in (:codes) and"
                                + " detail = 'IN' and until is null order by 1")
                .param("codes", direct)
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static List<String> related(List<Fact> facts, String relation) {
        return facts.stream()
                .filter(fact -> fact.series.equals("rxnorm-relations") && fact.detail.equals(relation))
                .map(Fact::title)
                .toList();
    }

    /** An RxNorm name begins with its ingredients, each followed by its strength. */
    static List<String> ingredientsOf(String name) {
        Set<String> found = new LinkedHashSet<>();
        if (name.startsWith("{")) {
            Matcher parts = PACK.matcher(name);
            while (parts.find()) {
                found.addAll(ingredientsOf(parts.group(1)));
            }
            return List.copyOf(found);
        }
        for (String part : name.replaceAll("\\[[^\\]]*\\]", "").split(" / ")) {
            String plain = LEADING.matcher(part.strip()).replaceFirst("");
            Matcher amount = AMOUNT.matcher(plain);
            String ingredient = amount.find()
                    ? plain.substring(0, amount.start())
                    : FORM.matcher(plain).replaceFirst("");
            if (!ingredient.isBlank()) {
                found.add(ingredient.strip().toLowerCase(Locale.US));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public Set<String> rxcuisOf(String ndc11) {
        return Set.copyOf(
                database.sql("select distinct title from code_entry where series in ('rxnorm-package', 'rxnorm-ndc')"
                                + " and code = :ndc and until is null")
                        .param("ndc", ndc11)
                        .query(String.class)
                        .list());
    }

    /** The directory keeps the day after the product's code, as the file has it: 0001-0002|20280131. */
    @Override
    public Optional<LocalDate> marketingEnd(String ndc11) {
        return database.sql(
                        "select detail from code_entry where series = 'ndc-package' and code = :ndc and until is null limit 1")
                .param("ndc", ndc11)
                .query(String.class)
                .optional()
                .flatMap(detail -> Optional.ofNullable(TableFile.day(detail.substring(detail.indexOf('|') + 1))));
    }

    @Override
    public boolean tellsMarketing() {
        return database.sql("select exists (select 1 from code_release where kind = 'ndc-package')")
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean hasPackages(String rxcui) {
        return database.sql(
                        "select exists (select 1 from code_entry where series in ('rxnorm-package', 'rxnorm-ndc') and"
                                + " title = :rxcui and until is null)")
                .param("rxcui", rxcui)
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<String> edition() {
        Map<String, String> editions = new TreeMap<>();
        database.sql(
                        "select distinct on (kind) kind, valid_from from code_release where kind in ('rxnorm', 'rxnorm-ndc')"
                                + " order by kind, valid_from desc")
                .query(row -> {
                    editions.put(row.getString(1), name(row.getString(1), row.getObject(2, LocalDate.class)));
                });
        return editions.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", editions.values()));
    }

    private String editionOf(String kind) {
        return database.sql("select max(valid_from) from code_release where kind = :kind")
                .param("kind", kind)
                .query(LocalDate.class)
                .optional()
                .map(from -> name(kind, from))
                .orElse("");
    }

    private static String name(String kind, LocalDate from) {
        return kind.equals("rxnorm-ndc") ? "RxCUI to NDC table loaded " + from : "RxNorm " + from;
    }
}
