package org.chartkeeper.terminology;

import java.util.List;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.terminology.CodeLookup.Match;
import org.jspecify.annotations.Nullable;

/** The codes that a person keeps at hand, and those that he or she picked last. */
public interface CodeChoices {

    /** Codes that were picked before these are forgotten. */
    int RECENT = 20;

    /**
     * Notes that a person picked a code. Joins the caller's transaction, or makes one of its own.
     *
     * @param code with or without its dot, in any case; one that nothing loaded has is passed over
     */
    void used(Actor actor, CodeSystem system, String code);

    /**
     * Keeps a code at hand, or keeps it no longer; twice is the same as once.
     *
     * @throws org.chartkeeper.platform.NotFound where nothing loaded has the code
     */
    void favorite(Actor actor, CodeSystem system, String code, boolean favorite);

    /**
     * What a person has, of one system or of all. One statement.
     *
     * @param system null for all
     */
    Own of(Actor actor, @Nullable CodeSystem system);

    /**
     * A person's codes with their titles and days as of today; what no release has any more is left out.
     *
     * @param favorites by system and code
     * @param recent the last {@value #RECENT} picked, newest first, without favorites
     */
    record Own(List<Match> favorites, List<Match> recent) {

        public boolean keeps(CodeSystem system, String code) {
            return favorites.stream()
                    .anyMatch(each ->
                            each.code().system() == system && each.code().code().equals(code));
        }
    }
}
