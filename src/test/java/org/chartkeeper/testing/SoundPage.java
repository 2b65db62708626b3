package org.chartkeeper.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What holds for every page: readable by everybody, nothing inline, nothing from elsewhere. */
public final class SoundPage {

    private SoundPage() {}

    public static void check(Document page) {
        assertThat(page.select("h1")).as("one heading of the first rank").hasSize(1);
        assertThat(page.select("main")).as("one main part").hasSize(1);
        assertThat(page.select("html[lang=en]")).as("language").hasSize(1);
        assertThat(page.title()).as("title").isNotBlank();
        assertThat(page.select("script:not([src]), style, [style]"))
                .as("nothing inline")
                .isEmpty();
        assertThat(page.getAllElements().stream()
                        .flatMap(element -> element.attributes().asList().stream())
                        .filter(attribute -> attribute.getKey().startsWith("on")))
                .as("no inline handlers")
                .isEmpty();
        assertThat(addresses(page).filter(address -> address.matches("(?i)([a-z]+:)?//.*")))
                .as("no other origin")
                .isEmpty();
        page.select("input:not([type=hidden]), select, textarea").forEach(SoundPage::checkLabel);
        for (Element table : page.select("table")) {
            assertThat(table.select("caption").text())
                    .as("caption of %s", table)
                    .isNotBlank();
            assertThat(table.select("th:not([scope])")).as("scope in %s", table).isEmpty();
        }
        assertThat(page.select("button, a[href]"))
                .as("names of buttons and links")
                .allMatch(element -> !element.text().isBlank() || element.hasAttr("aria-label"));
        assertThat(page.select("[id]").eachAttr("id")).as("ids").doesNotHaveDuplicates();
        assertThat(page.select("[tabindex]").eachAttr("tabindex"))
                .as("order of the keyboard")
                .allMatch(index -> Integer.parseInt(index) <= 0);
        for (String name : new String[] {"aria-describedby", "aria-labelledby", "aria-controls"}) {
            for (Element element : page.select("[" + name + "]")) {
                for (String id : element.attr(name).split(" ")) {
                    assertThat(page.getElementById(id))
                            .as("%s of %s", name, element)
                            .isNotNull();
                }
            }
        }
    }

    private static Stream<String> addresses(Document page) {
        return page.select("[src], link[href], form[action], a[href]").stream()
                .map(element -> Stream.of("src", "href", "action")
                        .filter(element::hasAttr)
                        .map(element::attr)
                        .findFirst()
                        .orElse(""));
    }

    private static void checkLabel(Element field) {
        Document page = field.ownerDocument();
        boolean labelled = field.hasAttr("aria-label")
                || field.hasAttr("aria-labelledby")
                || field.closest("label") != null
                || page != null
                        && !page.select("label[for=\"" + field.id() + "\"]").isEmpty();
        assertThat(labelled).as("label of %s", field).isTrue();
    }
}
