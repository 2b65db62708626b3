package org.chartkeeper.chart.document.domain;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSDocument;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.chartkeeper.platform.Rejected;

/**
 * Looks through a PDF before anything of it is drawn or kept: whether it does something when it is opened, holds other
 * files, or unpacks to more than is taken. First the compressed streams as they lie in the file, so that the parser itself
 * meets no bomb; then every object by what it means.
 */
final class PdfGuard {

    private static final int DEEPEST = 200;
    private static final Set<String> ACTIONS =
            Set.of("Launch", "ImportData", "SubmitForm", "GoToE", "Rendition", "Movie", "Sound", "RichMediaExecute");
    private static final Set<String> EMBEDDED = Set.of("EmbeddedFiles", "EF", "AF", "RichMediaContent", "Collection");

    private long unpacked;

    private PdfGuard() {}

    /** A document from a file, in little memory; refuses what is damaged or encrypted. */
    static PDDocument open(Path file) throws IOException {
        try {
            PDDocument document =
                    Loader.loadPDF(file.toFile(), "", null, null, IOUtils.createTempFileOnlyStreamCache());
            if (document.isEncrypted()) {
                document.close();
                throw encrypted();
            }
            return document;
        } catch (InvalidPasswordException e) {
            throw encrypted();
        } catch (IOException | RuntimeException e) {
            if (e instanceof Rejected rejected) {
                throw rejected;
            }
            throw Refusal.of("The PDF is damaged and cannot be read.");
        }
    }

    private static Rejected encrypted() {
        return Refusal.of("The PDF is encrypted. Save it without a password or protection and send it again.");
    }

    /** How many pages it has; refuses what could do harm. */
    static int inspect(Path file) throws IOException {
        PdfGuard guard = new PdfGuard();
        guard.rawStreams(file);
        try (PDDocument document = open(file)) {
            try {
                guard.objects(document.getDocument());
            } catch (StackOverflowError e) {
                throw Refusal.of("The PDF is nested too deeply.");
            }
            Bounds.pages(document.getNumberOfPages());
            return document.getNumberOfPages();
        }
    }

    // ---- streams as they lie in the file ----------------------------------------------------------------------------

    private void rawStreams(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 256 * 1024)) {
            RawScan scan = new RawScan(in);
            while (scan.toNextStream()) {
                long limit = scan.dictionary.contains("/Image") ? Bounds.IMAGE_STREAM : Bounds.STREAM;
                boolean structure = scan.dictionary.contains("/XRef") || scan.dictionary.contains("/ObjStm");
                if (structure && scan.severalFilters()) {
                    throw bomb();
                }
                long size = scan.inflate(limit);
                if (size > limit) {
                    throw bomb();
                }
            }
        }
    }

    static Rejected bomb() {
        return Refusal.of("The PDF unpacks to far more than it should (a “zip bomb”).");
    }

    /** Reads a file once from its beginning to its end and stops at each stream. */
    private static final class RawScan {

        private static final byte[] WORD = {'s', 't', 'r', 'e', 'a', 'm'};
        private static final int KEPT = 4096;

        private final InputStream in;
        private final byte[] before = new byte[KEPT];
        private long position;
        String dictionary = "";

        RawScan(InputStream in) {
            this.in = in;
        }

        /** Goes behind the next word "stream" with its line end. */
        boolean toNextStream() throws IOException {
            int matched = 0;
            for (int next = read(); next >= 0; next = read()) {
                if (next == WORD[matched]) {
                    matched++;
                } else {
                    matched = next == WORD[0] ? 1 : 0;
                }
                if (matched == WORD.length) {
                    matched = 0;
                    in.mark(2);
                    int first = in.read();
                    if (first == '\r') {
                        in.mark(1);
                        if (in.read() != '\n') {
                            in.reset();
                        }
                    } else if (first != '\n') {
                        in.reset();
                        continue;
                    }
                    dictionary = dictionaryBefore();
                    return true;
                }
            }
            return false;
        }

        private int read() throws IOException {
            int next = in.read();
            if (next >= 0) {
                before[(int) (position++ % KEPT)] = (byte) next;
            }
            return next;
        }

        /** What stands before the stream since the object began, names written plainly. */
        private String dictionaryBefore() {
            int length = (int) Math.min(position, KEPT);
            StringBuilder text = new StringBuilder(length);
            for (long i = position - length; i < position; i++) {
                text.append((char) (before[(int) (i % KEPT)] & 0xff));
            }
            int begin = text.lastIndexOf(" obj");
            String own = begin < 0 ? text.toString() : text.substring(begin);
            StringBuilder plain = new StringBuilder(own.length());
            for (int i = 0; i < own.length(); i++) {
                char c = own.charAt(i);
                if (c == '#' && i + 2 < own.length()) {
                    int high = Character.digit(own.charAt(i + 1), 16);
                    int low = Character.digit(own.charAt(i + 2), 16);
                    if (high >= 0 && low >= 0) {
                        plain.append((char) (high * 16 + low));
                        i += 2;
                        continue;
                    }
                }
                plain.append(c);
            }
            return plain.toString();
        }

        boolean severalFilters() {
            int at = dictionary.indexOf("/Filter");
            if (at < 0) {
                return false;
            }
            String rest = dictionary.substring(at + "/Filter".length()).strip();
            int end = rest.indexOf(']');
            return rest.startsWith("[")
                    ? end < 0
                            || rest.substring(0, end)
                                            .chars()
                                            .filter(c -> c == '/')
                                            .count()
                                    > 1
                    : !rest.startsWith("/");
        }

        /** How much the stream here unpacks to where it is deflated: 0 where it is not. Goes on behind what it read. */
        long inflate(long limit) throws IOException {
            in.mark(2);
            int first = in.read();
            int second = in.read();
            in.reset();
            if ((first & 0x0f) != 8 || second < 0 || ((first << 8) + second) % 31 != 0) {
                return 0;
            }
            Inflater inflater = new Inflater();
            byte[] packed = new byte[16 * 1024];
            byte[] out = new byte[64 * 1024];
            long size = 0;
            int read = 0;
            try {
                while (!inflater.finished() && size <= limit) {
                    if (inflater.needsInput()) {
                        in.mark(packed.length);
                        read = in.read(packed);
                        if (read < 0) {
                            return size;
                        }
                        inflater.setInput(packed, 0, read);
                    }
                    int made = inflater.inflate(out);
                    if (made == 0 && (inflater.needsDictionary() || !inflater.needsInput() && !inflater.finished())) {
                        break;
                    }
                    size += made;
                }
                // What the last piece holds beyond the end of the stream is looked at again.
                in.reset();
                in.skipNBytes(read - inflater.getRemaining());
            } catch (DataFormatException notDeflated) {
                // Whatever it is, the object's own filter will say; the rest of this piece is looked at again.
                in.reset();
            } finally {
                inflater.end();
            }
            return size;
        }
    }

    // ---- objects by what they mean
    // -----------------------------------------------------------------------------------

    private void objects(COSDocument document) throws IOException {
        List<COSObjectKey> keys = new ArrayList<>(document.getXrefTable().keySet());
        if (keys.size() > Bounds.OBJECTS) {
            throw Refusal.of("The PDF has too many parts (" + keys.size() + ").");
        }
        if (document.getTrailer() != null) {
            look(document.getTrailer(), 0);
        }
        for (COSObjectKey key : keys) {
            COSBase object = document.getObjectFromPool(key).getObject();
            if (object != null) {
                look(object, 0);
            }
        }
    }

    private void look(COSBase object, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw Refusal.of("The PDF is nested too deeply.");
        }
        if (object instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                COSBase item = array.get(i);
                if (item != null && !(item instanceof COSObject)) {
                    look(item, depth + 1);
                }
            }
        } else if (object instanceof COSDictionary dictionary) {
            judge(dictionary);
            if (dictionary instanceof COSStream stream) {
                measure(stream);
            }
            for (COSName name : dictionary.keySet()) {
                COSBase value = dictionary.getItem(name);
                if (value != null && !(value instanceof COSObject)) {
                    look(value, depth + 1);
                }
            }
        }
    }

    private static void judge(COSDictionary dictionary) {
        String action = dictionary.getNameAsString(COSName.S);
        if (dictionary.containsKey(COSName.getPDFName("JS"))
                || dictionary.containsKey(COSName.getPDFName("JavaScript"))
                || "JavaScript".equals(action)) {
            throw Refusal.of("The PDF contains a script (JavaScript). Print it to a new PDF and send that.");
        }
        if (dictionary.containsKey(COSName.getPDFName("XFA"))) {
            throw Refusal.of("The PDF is a dynamic form (XFA). Print it to a new PDF and send that.");
        }
        boolean annotation = "FileAttachment".equals(dictionary.getNameAsString(COSName.SUBTYPE));
        if (annotation
                || "EmbeddedFile".equals(dictionary.getNameAsString(COSName.TYPE))
                || EMBEDDED.stream().anyMatch(key -> dictionary.containsKey(COSName.getPDFName(key)))) {
            throw Refusal.of("The PDF contains another file. Take it out, or send it by itself.");
        }
        if (action != null && ACTIONS.contains(action)) {
            throw Refusal.of(
                    action.equals("Launch")
                            ? "The PDF starts a program when it is opened or clicked (launch action)."
                            : "The PDF contains an action (" + action + ") that does something when it is opened.");
        }
    }

    private void measure(COSStream stream) throws IOException {
        boolean image = "Image".equals(stream.getNameAsString(COSName.SUBTYPE));
        if (image) {
            Bounds.pixels(stream.getInt(COSName.WIDTH, COSName.W, 1), stream.getInt(COSName.HEIGHT, COSName.H, 1));
        }
        List<COSName> filters = filters(stream);
        if (filters.size() > 4) {
            throw bomb();
        }
        long limit = image ? Bounds.IMAGE_STREAM : Bounds.STREAM;
        InputStream in = stream.createRawInputStream();
        try {
            for (int i = 0; i < filters.size(); i++) {
                COSName filter = filters.get(i);
                boolean last = i == filters.size() - 1;
                if (filter.equals(COSName.DCT_DECODE) || filter.equals(COSName.DCT_DECODE_ABBREVIATION)) {
                    jpeg(in);
                    return;
                }
                if (filter.equals(COSName.JPX_DECODE)) {
                    throw Refusal.of(
                            "The PDF has pictures in the JPEG 2000 format, which cannot be drawn here. Print it to"
                                    + " a new PDF and send that.");
                }
                if (filter.equals(COSName.JBIG2_DECODE)) {
                    Jbig2Header.check(in);
                    return;
                }
                if (filter.equals(COSName.CCITTFAX_DECODE) || filter.equals(COSName.CCITTFAX_DECODE_ABBREVIATION)) {
                    return; // as large as the image says, which was looked at above
                }
                Measured out = new Measured(limit, !last);
                try {
                    FilterFactory.INSTANCE.getFilter(filter).decode(in, out, stream, i);
                } catch (Measured.TooMuch e) {
                    throw bomb();
                } catch (IOException | RuntimeException damaged) {
                    // What cannot be unpacked is drawn as far as it goes, or not at all.
                    return;
                }
                if (last) {
                    unpacked += out.size;
                } else {
                    in = new ByteArrayInputStream(out.kept.toByteArray());
                }
            }
        } finally {
            in.close();
        }
        if (unpacked > Bounds.ALL_STREAMS) {
            throw bomb();
        }
    }

    private static List<COSName> filters(COSStream stream) {
        List<COSName> names = new ArrayList<>();
        COSBase filters = stream.getFilters();
        if (filters instanceof COSName name) {
            names.add(name);
        } else if (filters instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.getObject(i) instanceof COSName name) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    /** The size that a JPEG stream itself says: it may be another than the one that the PDF says. */
    private static void jpeg(InputStream in) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (MemoryCacheImageInputStream image = new MemoryCacheImageInputStream(in)) {
            reader.setInput(image, true, true);
            Bounds.pixels(reader.getWidth(0), reader.getHeight(0));
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException | IllegalStateException damaged) {
            // Drawn as far as it goes, or not at all.
        } finally {
            reader.dispose();
        }
    }

    /** Counts what is written to it and stops at a limit; keeps it where it is asked to. */
    private static final class Measured extends OutputStream {

        /** More than the limit. */
        static final class TooMuch extends RuntimeException {
            TooMuch() {
                super("too much", null, false, false);
            }
        }

        private final long limit;
        private final boolean keep;
        final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        long size;

        Measured(long limit, boolean keep) {
            this.limit = limit;
            this.keep = keep;
        }

        @Override
        public void write(int b) {
            count(1);
            if (keep) {
                kept.write(b);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            count(length);
            if (keep) {
                kept.write(bytes, from, length);
            }
        }

        private void count(int more) {
            size += more;
            if (size > limit) {
                throw new TooMuch();
            }
        }
    }
}
