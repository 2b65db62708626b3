package org.chartkeeper.demo;

import java.util.List;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CaseStep;
import org.chartkeeper.coding.CodeEdit;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.coding.QueryTemplate;
import org.chartkeeper.demo.DemoCharts.Course;
import org.chartkeeper.demo.DemoCharts.Ended;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Uuid7;

/** Brings the coding cases of the demo's last visits into several states, as the coder would. */
class DemoCoding {

    private static final String CODER = "coder";

    private final CodingCases cases;
    private final CodingQueries queries;
    private final CurrentActor actors;

    DemoCoding(CodingCases cases, CodingQueries queries, CurrentActor actors) {
        this.cases = cases;
        this.queries = queries;
        this.actors = actors;
    }

    void write(List<Ended> ended) {
        for (Ended visit : ended) {
            DemoUpdates.as(CODER, () -> {
                Actor coder = actors.get();
                cases.ofVisit(coder, visit.visit()).forEach(work -> write(coder, work, visit.course()));
                return "";
            });
        }
    }

    private void write(Actor coder, Work work, Course course) {
        switch (course) {
            case WAITS_FOR_DOCUMENTATION ->
                cases.step(
                        coder,
                        work.id(),
                        work.patient(),
                        work.version(),
                        new CaseStep.Hold("missing document", "the dictation of the visit"),
                        "");
            case SIGNED -> {
                takeAll(coder, work);
                Work coded = cases.find(coder, work.id()).orElseThrow();
                cases.step(coder, coded.id(), coded.patient(), coded.version(), new CaseStep.Finalize(""), "");
            }
            case RETURNED -> takeAll(coder, work);
            case POSTED -> ask(coder, work);
            default -> {
                // Stays as it is.
            }
        }
    }

    /** Asks what kind of atrial fibrillation is meant, where one is documented. */
    private void ask(Actor coder, Work work) {
        CodingCases.Desk desk = cases.desk(coder, work.id(), Book.CODER).orElseThrow();
        PractitionerId attending = work.attending();
        for (CodingCases.Source source : desk.sources()) {
            for (CodingCases.Sentence sentence : source.sentences()) {
                if (source.note() && attending != null && sentence.text().contains("atrial fibrillation")) {
                    queries.send(
                            coder,
                            work.id(),
                            work.patient(),
                            work.version(),
                            new CodingQueries.Draft(
                                    attending,
                                    source.entry(),
                                    QueryTemplate.DETAIL.form(),
                                    QueryTemplate.DETAIL.purpose(),
                                    QueryTemplate.DETAIL.title(),
                                    "Atrial fibrillation is documented. " + QueryTemplate.DETAIL.question(),
                                    List.of("Paroxysmal", "Persistent", "Permanent"),
                                    CodeEdit.Words.of(sentence.key()).stream().toList(),
                                    "",
                                    false),
                            Uuid7.next().toString());
                    return;
                }
            }
        }
    }

    /** Takes what the documentation suggests, with its words. */
    private void takeAll(Actor coder, Work work) {
        for (int taken = 0; taken < 3; taken++) {
            CodingCases.Desk desk = cases.desk(coder, work.id(), Book.CODER).orElseThrow();
            if (desk.suggestions().isEmpty()) {
                return;
            }
            CodingCases.Suggestion first = desk.suggestions().get(0);
            cases.edit(
                    coder,
                    work.id(),
                    work.patient(),
                    desk.work().version(),
                    Book.CODER,
                    new CodeEdit.Add(false, first.system(), first.code(), null, first.words(), "suggestion"),
                    "");
        }
    }
}
