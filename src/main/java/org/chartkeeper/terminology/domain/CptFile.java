package org.chartkeeper.terminology.domain;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The long descriptors of CPT as its licensees get them: lines of a licence, then a code of five characters, a tab or
 * a space, and the title. None of it is shipped; it comes from the user's own licensed copy.
 */
class CptFile {

    private static final Pattern ROW = Pattern.compile("\\d{4}[0-9A-Z][ \t]\\S.*");

    void read(InputStream in, Sink sink) throws IOException, BadFile {
        Lines lines = new Lines(in);
        Set<String> seen = new HashSet<>();
        String line;
        while ((line = lines.next()) != null) {
            if (line.isBlank()) {
                continue;
            }
            if (!ROW.matcher(line).matches()) {
                if (seen.isEmpty()) {
                    continue;
                }
                throw new BadFile(lines.number(), "a code of CPT is expected here; the file is cut or mixed up.");
            }
            String code = line.substring(0, 5);
            if (!seen.add(code)) {
                throw new BadFile(lines.number(), code + " is there twice.");
            }
            sink.entry("cpt", code, line.substring(6).strip(), "", true, "");
        }
        lines.checkEnd();
        if (seen.isEmpty()) {
            throw new BadFile("The file holds no codes.");
        }
        sink.counts(seen.size(), seen.size(), 0, 0, 0);
    }
}
