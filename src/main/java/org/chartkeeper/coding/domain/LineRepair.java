package org.chartkeeper.coding.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.coding.Patch;
import org.jspecify.annotations.Nullable;

/** Follows the lines of a case through a patch, so that a repaired line keeps its identity and its evidence. */
final class LineRepair {

    private LineRepair() {}

    /** The lines in the order of the patched case; null stands for one that the patch adds. */
    static List<@Nullable UUID> follow(List<UUID> lines, Patch patch, String list) {
        List<@Nullable UUID> now = new ArrayList<>(lines);
        String prefix = "/" + list + "/";
        for (Patch.Operation operation : patch.operations()) {
            String path = operation.path();
            if (!path.startsWith(prefix) || path.indexOf('/', prefix.length()) >= 0) {
                continue;
            }
            switch (operation.op()) {
                case "remove" -> now.remove(place(path, prefix, now));
                case "add" -> now.add(place(path, prefix, now), null);
                case "move" -> {
                    String from = operation.from();
                    if (from != null && from.startsWith(prefix)) {
                        @Nullable UUID moved = now.remove(place(from, prefix, now));
                        now.add(place(path, prefix, now), moved);
                    }
                }
                default -> {
                    // A replaced member of the list is still that line.
                }
            }
        }
        return now;
    }

    private static int place(String path, String prefix, List<@Nullable UUID> now) {
        String last = path.substring(prefix.length());
        return last.equals("-") ? now.size() : Integer.parseInt(last);
    }
}
