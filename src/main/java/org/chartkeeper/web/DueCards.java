package org.chartkeeper.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.DueWork;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What waits for a person, from every module that has work. */
@Service
class DueCards {

    private static final int SHOWN = 8;

    private final ObjectProvider<DueWork> work;
    private final Clock clock;

    DueCards(ObjectProvider<DueWork> work, Clock clock) {
        this.work = work;
        this.clock = clock;
    }

    /** The cards of the home page in their order, one statement each; those that hold nothing are told as empty. */
    @Transactional(readOnly = true)
    List<Card> cards(Actor actor) {
        return work.stream()
                .filter(kind -> actor.may(kind.permission()))
                .sorted(Comparator.comparingInt(DueWork::order))
                .map(kind -> card(kind, actor))
                .toList();
    }

    private static Card card(DueWork kind, Actor actor) {
        List<DueWork.Item> found = kind.items(actor, SHOWN + 1);
        boolean more = found.size() > SHOWN;
        return new Card(kind.title(), kind.path(), more ? found.subList(0, SHOWN) : found, more);
    }

    /** How much of what is shown is late and due before the end of the day. */
    Summary summary(List<Card> cards, ZoneId zone) {
        Instant now = clock.instant();
        Instant midnight =
                LocalDate.ofInstant(now, zone).plusDays(1).atStartOfDay(zone).toInstant();
        long late = dues(cards).filter(due -> due.isBefore(now)).count();
        long today = dues(cards)
                .filter(due -> !due.isBefore(now) && due.isBefore(midnight))
                .count();
        return new Summary(late, today, cards.stream().anyMatch(Card::more));
    }

    private static Stream<Instant> dues(List<Card> cards) {
        return cards.stream()
                .flatMap(card -> card.items().stream())
                .map(DueWork.Item::due)
                .filter(Objects::nonNull);
    }

    /** A kind of work; {@code more} says that the list holds more than is shown. */
    record Card(String title, String path, List<DueWork.Item> items, boolean more) {}

    /** Counts over the cards; {@code atLeast} where a card was cut. */
    record Summary(long late, long today, boolean atLeast) {}
}
