package org.chartkeeper.chart;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PatientId;

/** The one way into the record: pages write one command, imports a thousand. */
public interface ChartWriter {

    /**
     * Writes all or none, in the caller's transaction: checks lock, kind and base version, then content, hash, header,
     * typed row, version and one audit event per patient. Many commands are written in batches.
     *
     * @return what was written, in the order of the commands
     * @throws org.chartkeeper.platform.Stale where an entry has moved on since
     * @throws org.chartkeeper.platform.Rejected where a command is not allowed on what stands: signed content changes
     *     only by update, correction or retraction; a point-in-time entry knows no update; a changed drug, dose, route,
     *     timing or quantity of a signed order is a new order
     */
    List<Written> write(List<EntryCommand> commands);

    /**
     * Locks entries that an import is about to change and tells how each stands now; unknown ones are left out. In the
     * caller's transaction.
     */
    Map<EntryId, Standing> standing(Collection<EntryId> entries);

    /**
     * How an entry stands.
     *
     * @param version number of the newest version
     * @param newest what that version says
     * @param locked whether it was signed here or authenticated at its source
     */
    record Standing(PatientId patient, int version, Content newest, boolean locked, boolean retracted) {}

    /**
     * What was written.
     *
     * @param version number of the version, from 1
     * @param hash of that version, lower-case hexadecimal
     * @param pending true where it takes protection or treatment away and waits for a signature
     */
    record Written(EntryId entry, int version, String hash, boolean pending) {}
}
