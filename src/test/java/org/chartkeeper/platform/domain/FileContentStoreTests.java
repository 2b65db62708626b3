package org.chartkeeper.platform.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chartkeeper.platform.ContentStore.Stored;
import org.chartkeeper.platform.NotFound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileContentStoreTests {

    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    @TempDir
    Path dataDir;

    @Test
    void gives_back_what_was_put_under_its_hash() throws IOException {
        FileContentStore store = new FileContentStore(dataDir);

        assertThat(store.put(text("hello"))).isEqualTo(new Stored(HELLO, 5));
        assertThat(store.open(HELLO)).hasContent("hello");
    }

    @Test
    void keeps_the_same_content_once() throws IOException {
        FileContentStore store = new FileContentStore(dataDir);
        store.put(text("hello"));
        store.put(text("hello"));

        try (var files = Files.walk(dataDir)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void leaves_nothing_of_a_stream_that_breaks() throws IOException {
        FileContentStore store = new FileContentStore(dataDir);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cut off");
            }
        };

        assertThatThrownBy(() -> store.put(broken)).isInstanceOf(IOException.class);
        try (var files = Files.walk(dataDir)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void knows_no_other_hash_and_no_path() {
        FileContentStore store = new FileContentStore(dataDir);

        assertThatThrownBy(() -> store.open(HELLO)).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> store.open("../../etc/passwd")).isInstanceOf(NotFound.class);
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
