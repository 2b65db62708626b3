package org.chartkeeper.chart.document.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionLaunch;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.House;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.chart.document.Intake;
import org.chartkeeper.chart.document.MalwareScanner;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.NotFound;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.testing.ChartkeeperTest;
import org.chartkeeper.testing.TestClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

/** What is taken in and what is not; and that nothing is half taken in. */
@ChartkeeperTest
class IntakeTests {

    @Autowired
    Intake intake;

    @Autowired
    IntakeStore rows;

    @Autowired
    ContentStore store;

    @Autowired
    Workbench bench;

    @Autowired
    CurrentActor actors;

    @Autowired
    AuditTrail audit;

    @Autowired
    PlatformTransactionManager transactions;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient database;

    House house;

    @BeforeEach
    void aHouse(@Autowired Provisioning provisioning, @Autowired Access access) {
        house = new House(provisioning, access, actors, new TransactionTemplate(transactions));
    }

    @Test
    void each_kind_of_file_is_recognized_by_its_content_whatever_it_is_called() throws IOException {
        Map<String, byte[]> files = Map.of(
                "application/pdf", Papers.pdf("one", "two"),
                "image/tiff", Papers.tiff(3),
                "image/jpeg", Papers.picture("jpeg"),
                "image/png", Papers.picture("png"),
                "text/plain", ("Called at noon " + UUID.randomUUID()).getBytes(StandardCharsets.UTF_8),
                "application/xml", Papers.cda("", "Summary", "Penicillin"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Intake.Receipt receipt = receive("scan.exe", file.getValue());
            Map<String, Object> row = row(receipt.file());
            assertThat(row.get("media_type")).isEqualTo(file.getKey());
            assertThat(row.get("state")).isEqualTo("waiting");
            assertThat(row.get("label")).isEqualTo("scan.exe");
        }
        assertThat(database.sql("SELECT sum(pages) FROM intake_file WHERE facility_id = ?")
                        .param(house.here.value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2 + 3 + 1 + 1 + 1 + 1);
    }

    @Test
    void the_same_content_is_taken_in_once_and_said_to_be_known() throws IOException {
        byte[] scan = Papers.pdf("Consent");
        Intake.Receipt first = receive("monday.pdf", scan);
        Intake.Receipt second = receive("tuesday.pdf", scan);
        assertThat(first.earlier()).isNull();
        assertThat(second.file()).isEqualTo(first.file());
        assertThat(second.earlier()).isNotNull();
        assertThat(second.earlier().label()).isEqualTo("monday.pdf");
        assertThat(count()).isEqualTo(1);
    }

    /** A file that is refused, and a word of the reason. */
    record Bad(String what, String name, byte[] content, String reason) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> badFiles() throws Exception {
        return Stream.of(
                new Bad("an empty file", "a.pdf", new byte[0], "empty"),
                new Bad("a zip archive", "a.pdf", new byte[] {'P', 'K', 3, 4, 0, 0}, "zip archive"),
                new Bad("a program", "a.txt", "MZ\0\0".getBytes(StandardCharsets.US_ASCII), "program"),
                new Bad("a web page", "a.txt", text("<!DOCTYPE html><html></html>"), "web page"),
                new Bad("an SVG drawing", "a.png", text("<svg xmlns=\"x\"><script/></svg>"), "a"),
                new Bad("binary rubbish", "a.txt", new byte[] {5, 6, 7, 0, 1, 2}, "no text"),
                new Bad("a damaged PDF", "a.pdf", text("%PDF-1.7\nnothing of it is left"), "damaged"),
                new Bad("a cut JPEG", "a.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, 1, 2}, "damaged"),
                new Bad("a JPEG cut within its image", "a.jpg", cut(jpeg(), 90), "cut off"),
                new Bad("a TIFF cut within its last page", "a.tif", cut(Papers.tiff(3), 90), "ends before"),
                new Bad("a PDF cut near its end", "a.pdf", cut(Papers.pdf("one", "two", "three"), 90), "cut off"),
                new Bad("a PDF with a script", "a.pdf", withScript(), "script"),
                new Bad("a PDF with a hidden script", "a.pdf", withHiddenScript(), "script"),
                new Bad("a PDF that launches a program", "a.pdf", withLaunch(), "launch"),
                new Bad("a PDF with another file in it", "a.pdf", withFile(), "another file"),
                new Bad("an encrypted PDF", "a.pdf", encrypted(), "encrypted"),
                new Bad("a PDF that is a bomb", "a.pdf", bomb("/Filter /FlateDecode"), "bomb"),
                new Bad("a PDF whose structure is a bomb", "a.pdf", bomb("/Type /ObjStm /Filter /FlateDecode"), "bomb"),
                new Bad("a PDF packed twice", "a.pdf", packedTwice(), "bomb"),
                new Bad("a PNG of 50,000 by 50,000", "a.png", Papers.pngOf(50_000, 50_000), "50,000 × 50,000"),
                new Bad("a TIFF of 50,000 by 50,000", "a.tif", Papers.tiffOf(50_000, 50_000), "50,000 × 50,000"),
                new Bad("a PDF with an image of 50,000 by 50,000", "a.pdf", withHugeImage(), "50,000 × 50,000"),
                new Bad("a TIFF that goes in a circle", "a.tif", circle(), "circle"),
                new Bad("a name with a path", "../../etc/passwd", Papers.pdf("x"), "path"),
                new Bad("a Windows path", "C:\\scans\\a.pdf", Papers.pdf("x"), "path"),
                new Bad(
                        "a C-CDA with an external entity",
                        "a.xml",
                        Papers.cda(
                                "<!DOCTYPE ClinicalDocument [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>",
                                "&x;",
                                "t"),
                        "document type"),
                new Bad(
                        "a C-CDA with an external subset",
                        "a.xml",
                        Papers.cda("<!DOCTYPE ClinicalDocument SYSTEM \"http://127.0.0.1:1/x.dtd\">", "t", "t"),
                        "document type"),
                new Bad("XML that is no C-CDA", "a.xml", text("<?xml version=\"1.0\"?><order/>"), "no C-CDA"),
                new Bad(
                        "broken XML",
                        "a.xml",
                        text("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>"),
                        "well-formed"));
    }

    private static byte[] cut(byte[] whole, int percent) {
        return java.util.Arrays.copyOf(whole, whole.length * percent / 100);
    }

    /** A picture with so much in it that most of the file is the image. */
    private static byte[] jpeg() throws IOException {
        java.awt.image.BufferedImage image =
                new java.awt.image.BufferedImage(400, 400, java.awt.image.BufferedImage.TYPE_INT_RGB);
        java.util.Random random = new java.util.Random(7);
        for (int i = 0; i < 400 * 400; i++) {
            image.setRGB(i % 400, i / 400, random.nextInt());
        }
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        javax.imageio.ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void what_could_do_harm_is_refused_with_a_reason_and_nothing_is_stored(Bad bad) throws Exception {
        long before = filesInTemp();
        assertThatThrownBy(() -> receive(bad.name(), bad.content()))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::message)
                                .anySatisfy(message -> assertThat(message).containsIgnoringCase(bad.reason())));
        assertThat(count()).isZero();
        assertThatThrownBy(() -> store.open(sha256(bad.content()))).isInstanceOf(NotFound.class);
        // Whatever else runs on this machine has files there too, for a moment.
        for (int i = 0; i < 100 && filesInTemp() > before; i++) {
            Thread.sleep(100);
        }
        assertThat(filesInTemp()).as("left in temp").isLessThanOrEqualTo(before);
    }

    @Test
    void a_file_over_the_limit_is_refused_before_it_is_read_to_its_end() {
        long[] read = new long[1];
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return ' ';
            }

            @Override
            public int read(byte[] target, int from, int length) {
                read[0] += length;
                return length;
            }
        };
        assertThatThrownBy(() -> actors.asSystem(house.here, () -> {
                    try {
                        return intake.receive("big.pdf", endless, house.here, "scan");
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused ->
                                assertThat(refused.problems().get(0).message()).contains("100 MB"));
        assertThat(read[0]).isLessThan(101L << 20);
        assertThat(count()).isZero();
    }

    @Test
    void memory_stays_steady_while_a_bomb_is_refused() throws Exception {
        byte[] bomb = bomb("/Filter /FlateDecode");
        System.gc();
        long before = used();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> receive("bomb.pdf", bomb)).isInstanceOf(Rejected.class);
        }
        System.gc();
        assertThat(used() - before).isLessThan(64L << 20);
    }

    @Test
    void a_label_keeps_no_sign_that_turns_or_hides_the_writing() {
        assertThat(IntakeService.label("consent\u202Efdp.exe")).isEqualTo("consentfdp.exe");
        assertThat(IntakeService.label("\u0007  \u200b")).isEqualTo("without a name");
        assertThat(IntakeService.label("x".repeat(300))).hasSize(120);
    }

    // ---- nothing half taken in
    // -----------------------------------------------------------------------------------------------

    /** What a power cut does: no clean-up runs. */
    private static final class Cut extends Error {
        Cut() {
            super("power cut");
        }
    }

    @Test
    void a_power_cut_between_file_and_row_leaves_nothing_to_be_seen_and_loses_nothing() throws IOException {
        byte[] scan = Papers.pdf("Consent to surgery");
        ContentStore cutAfterFile = new ContentStore() {
            @Override
            public Stored put(InputStream content) throws IOException {
                store.put(content);
                throw new Cut();
            }

            @Override
            public InputStream open(String sha256) throws IOException {
                return store.open(sha256);
            }
        };
        assertThatThrownBy(() -> receive(service(cutAfterFile, new NoScanner()), "cut.pdf", scan))
                .isInstanceOf(Cut.class);
        assertThat(waiting()).isEmpty();
        assertThat(service(store, new NoScanner()).recover())
                .as("too early: it may still be going on")
                .isZero();

        clock.advance(IntakeService.STRANDED.plusSeconds(1));
        assertThat(service(store, new NoScanner()).recover()).isEqualTo(1);
        assertThat(waiting()).extracting(Intake.Item::label).containsExactly("cut.pdf");
        assertThat(waiting().get(0).open()).isEqualTo(1);
    }

    @Test
    void a_power_cut_before_the_file_leaves_nothing_at_all() throws IOException {
        byte[] scan = Papers.pdf("Never arrived");
        ContentStore cutBeforeFile = new ContentStore() {
            @Override
            public Stored put(InputStream content) {
                throw new Cut();
            }

            @Override
            public InputStream open(String sha256) throws IOException {
                return store.open(sha256);
            }
        };
        assertThatThrownBy(() -> receive(service(cutBeforeFile, new NoScanner()), "cut.pdf", scan))
                .isInstanceOf(Cut.class);
        clock.advance(IntakeService.STRANDED.plusSeconds(1));
        assertThat(service(store, new NoScanner()).recover()).isZero();
        assertThat(count()).isZero();
        assertThat(receive("again.pdf", scan).earlier()).isNull();
    }

    @Test
    void who_sends_it_again_after_a_power_cut_does_not_wait_for_the_recovery() throws IOException {
        byte[] scan = Papers.pdf("Sent again");
        ContentStore cut = new ContentStore() {
            @Override
            public Stored put(InputStream content) {
                throw new Cut();
            }

            @Override
            public InputStream open(String sha256) throws IOException {
                return store.open(sha256);
            }
        };
        assertThatThrownBy(() -> receive(service(cut, new NoScanner()), "first.pdf", scan))
                .isInstanceOf(Cut.class);
        receive("second.pdf", scan);
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void what_the_scanner_finds_is_refused_and_a_scanner_that_does_not_answer_lets_nothing_in() {
        byte[] scan = Papers.pdf("Infected");
        assertThatThrownBy(() -> receive(service(store, scanner(content -> "Eicar-Test-Signature")), "a.pdf", scan))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused ->
                                assertThat(refused.problems().get(0).message()).contains("Eicar-Test-Signature"));
        ClamAv nobody = new ClamAv("127.0.0.1", 1);
        assertThatThrownBy(() -> receive(service(store, nobody), "a.pdf", scan))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused ->
                                assertThat(refused.problems().get(0).message()).contains("does not answer"));
        assertThat(count()).isZero();
    }

    // ---- help
    // ------------------------------------------------------------------------------------------------------------------

    private IntakeService service(ContentStore contents, MalwareScanner scanner) {
        return new IntakeService(
                rows, contents, bench, scanner, actors, audit, transactions, clock, DataSize.ofMegabytes(100));
    }

    private static MalwareScanner scanner(Function<byte[], String> finds) {
        return new MalwareScanner() {
            @Override
            public boolean active() {
                return true;
            }

            @Override
            public String scan(InputStream content) throws IOException {
                return finds.apply(content.readAllBytes());
            }

            @Override
            public Health health() {
                return new Health(true, true, "test");
            }
        };
    }

    private Intake.Receipt receive(String name, byte[] content) throws IOException {
        return receive(intake, name, content);
    }

    private Intake.Receipt receive(Intake service, String name, byte[] content) throws IOException {
        return actors.asSystem(house.here, () -> {
            try {
                return service.receive(name, new ByteArrayInputStream(content), house.here, "scan");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private List<Intake.Item> waiting() {
        return new TransactionTemplate(transactions)
                .execute(status -> rows.waiting(List.of(house.here), null, 10).items());
    }

    private int count() {
        return database.sql("SELECT count(*) FROM intake_file WHERE facility_id = ?")
                .param(house.here.value())
                .query(Integer.class)
                .single();
    }

    private Map<String, Object> row(UUID id) {
        return database.sql("SELECT * FROM intake_file WHERE id = ?")
                .param(id)
                .query()
                .singleRow();
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static long filesInTemp() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("chartkeeper-")
                            && file.getFileName().toString().endsWith(".part"))
                    .count();
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] withScript() {
        return Papers.pdf(
                document -> document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('x')")), "x");
    }

    private static byte[] withHiddenScript() {
        String plain = new String(withScript(), StandardCharsets.ISO_8859_1);
        return plain.replace("/JavaScript", "/Java#53cript").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] withLaunch() {
        return Papers.pdf(
                document -> {
                    PDActionLaunch launch = new PDActionLaunch();
                    launch.setD("calc.exe");
                    document.getDocumentCatalog().getCOSObject().setItem(COSName.OPEN_ACTION, launch.getCOSObject());
                },
                "x");
    }

    private static byte[] withFile() {
        return Papers.pdf(
                document -> {
                    try {
                        PDEmbeddedFile file = new PDEmbeddedFile(document, new ByteArrayInputStream(text("secret")));
                        PDComplexFileSpecification specification = new PDComplexFileSpecification();
                        specification.setFile("a.txt");
                        specification.setEmbeddedFile(file);
                        PDEmbeddedFilesNameTreeNode tree = new PDEmbeddedFilesNameTreeNode();
                        tree.setNames(Map.of("a", specification));
                        PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
                        names.setEmbeddedFiles(tree);
                        document.getDocumentCatalog().setNames(names);
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "x");
    }

    private static byte[] encrypted() {
        return Papers.pdf(
                document -> {
                    try {
                        document.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "x");
    }

    /** 300 MB of zeros in some 300 kB. */
    private static byte[] bomb(String entries) throws IOException {
        byte[] packed = packed(300);
        return pdf(entries, packed);
    }

    private static byte[] packedTwice() throws IOException {
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(twice)) {
            out.write(packed(300));
        }
        return pdf("/Filter [/FlateDecode /FlateDecode]", twice.toByteArray());
    }

    private static byte[] packed(int megabytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(9))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                out.write(zeros);
            }
        }
        return packed.toByteArray();
    }

    private static byte[] withHugeImage() throws IOException {
        return pdf(
                "/Type /XObject /Subtype /Image /Width 50000 /Height 50000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
                new byte[] {0, 1, 2});
    }

    /** A small PDF, written by hand, with one stream of these entries. */
    private static byte[] pdf(String entries, byte[] stream) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> places = new ArrayList<>();
        out.write(text("%PDF-1.4\n"));
        places.add(out.size());
        out.write(text("1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"));
        places.add(out.size());
        out.write(text("2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"));
        places.add(out.size());
        out.write(text("3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>\nendobj\n"));
        places.add(out.size());
        out.write(text("4 0 obj\n<< " + entries + " /Length " + stream.length + " >>\nstream\n"));
        out.write(stream);
        out.write(text("\nendstream\nendobj\n"));
        int table = out.size();
        out.write(text("xref\n0 5\n0000000000 65535 f \n"));
        for (int place : places) {
            out.write(text(String.format("%010d 00000 n \n", place)));
        }
        out.write(text("trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n" + table + "\n%%EOF\n"));
        return out.toByteArray();
    }

    private static byte[] circle() {
        byte[] file = Papers.tiffOf(100, 100);
        // behind the two tags: the next directory is the first one again
        file[34] = 8;
        return file;
    }

    @Test
    void a_page_drawn_from_each_kind_is_a_picture_of_the_size_that_was_asked_for() throws IOException {
        for (byte[] content : List.of(
                Papers.pdf("one"),
                Papers.tiff(2),
                Papers.picture("jpeg"),
                Papers.picture("png"),
                Papers.pdfWithPicture())) {
            try (Workbench.OnBench file = new Workbench.OnBench()) {
                Files.write(file.path, content);
                FileKind kind = Workbench.kind(file.path);
                byte[] drawn = bench.draw(file.path, kind, 1, 300, 90).content();
                var image = javax.imageio.ImageIO.read(new ByteArrayInputStream(drawn));
                assertThat(image.getWidth()).as(kind + ", turned").isBetween(290, 300);
                assertThat(image.getHeight()).isLessThan(image.getWidth());
            }
        }
    }

    @Test
    void a_page_that_is_split_off_takes_nothing_of_the_others_along() throws IOException {
        byte[] scan = Papers.pdfWithSharedResources("BELONGS-TO-A", "BELONGS-TO-B", "BELONGS-TO-C");
        try (Workbench.OnBench from = new Workbench.OnBench();
                Workbench.OnBench to = new Workbench.OnBench()) {
            Files.write(from.path, scan);
            PdfAssembly.write(
                    from.path,
                    FileKind.PDF,
                    List.of(new PdfAssembly.Turned(3, 90), new PdfAssembly.Turned(1, 0)),
                    to.path);
            try (PDDocument made = PdfGuard.open(to.path)) {
                assertThat(made.getNumberOfPages()).isEqualTo(2);
                assertThat(made.getPage(0).getRotation()).isEqualTo(90);
                StringBuilder everything = new StringBuilder();
                for (var key : made.getDocument().getXrefTable().keySet()) {
                    if (made.getDocument().getObjectFromPool(key).getObject()
                            instanceof org.apache.pdfbox.cos.COSStream stream) {
                        try (InputStream in = stream.createInputStream()) {
                            everything.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                        }
                    }
                }
                assertThat(everything).contains("BELONGS-TO-A", "BELONGS-TO-C").doesNotContain("BELONGS-TO-B");
            }
        }
    }

    @Test
    void the_scanner_speaks_the_protocol_of_clamav() throws Exception {
        try (java.net.ServerSocket server = new java.net.ServerSocket(0)) {
            Thread daemon = new Thread(() -> serve(server));
            daemon.setDaemon(true);
            daemon.start();
            ClamAv scanner = new ClamAv("127.0.0.1", server.getLocalPort());
            assertThat(scanner.scan(new ByteArrayInputStream(text("harmless")))).isNull();
            assertThat(scanner.scan(new ByteArrayInputStream(text("X5O!P EICAR"))))
                    .isEqualTo("Eicar-Signature");
            assertThat(scanner.health().words()).isEqualTo("ClamAV 1.4.2/27500");
        }
    }

    /** Speaks as clamd does. */
    private static void serve(java.net.ServerSocket server) {
        while (!server.isClosed()) {
            try (java.net.Socket socket = server.accept()) {
                var in = new java.io.DataInputStream(socket.getInputStream());
                StringBuilder command = new StringBuilder();
                for (int next = in.read(); next > 0; next = in.read()) {
                    command.append((char) next);
                }
                String answer = "ClamAV 1.4.2/27500\0";
                if (command.toString().equals("zINSTREAM")) {
                    ByteArrayOutputStream content = new ByteArrayOutputStream();
                    for (int length = in.readInt(); length > 0; length = in.readInt()) {
                        content.write(in.readNBytes(length));
                    }
                    answer = content.toString().contains("EICAR") ? "stream: Eicar-Signature FOUND\0" : "stream: OK\0";
                }
                socket.getOutputStream().write(text(answer));
            } catch (IOException closed) {
                return;
            }
        }
    }
}
