package org.chartkeeper.chart.document.domain;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.chartkeeper.chart.document.MalwareScanner;
import org.jspecify.annotations.Nullable;

/** ClamAV's daemon by its own protocol (INSTREAM). Where it does not answer nothing counts as clean. */
class ClamAv implements MalwareScanner {

    private static final int CONNECT = 5_000;
    private static final int ANSWER = 120_000;
    private static final int LONGEST_ANSWER = 4096;

    private final InetSocketAddress address;

    ClamAv(String host, int port) {
        this.address = InetSocketAddress.createUnresolved(host, port);
    }

    @Override
    public boolean active() {
        return true;
    }

    @Override
    public @Nullable String scan(InputStream content) throws IOException {
        String answer;
        try (Socket socket = connect()) {
            try {
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 128 * 1024));
                out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
                byte[] chunk = new byte[64 * 1024];
                for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                    if (read > 0) {
                        out.writeInt(read);
                        out.write(chunk, 0, read);
                    }
                }
                out.writeInt(0);
                out.flush();
            } catch (java.net.SocketException cutOff) {
                // It cuts a stream off that is longer than it takes, and says so before.
            }
            answer = answer(socket);
        }
        if (answer.endsWith(" FOUND")) {
            String found = answer.substring(0, answer.length() - " FOUND".length());
            return found.startsWith("stream: ") ? found.substring("stream: ".length()) : found;
        }
        if (answer.equals("stream: OK")) {
            return null;
        }
        throw new IOException("the scanner answered neither clean nor found");
    }

    @Override
    public Health health() {
        try (Socket socket = connect()) {
            socket.setSoTimeout(CONNECT);
            socket.getOutputStream().write("zVERSION\0".getBytes(StandardCharsets.US_ASCII));
            String version = answer(socket);
            return version.startsWith("ClamAV")
                    ? new Health(true, true, version)
                    : new Health(true, false, "answers something else than a version");
        } catch (IOException e) {
            return new Health(true, false, "does not answer");
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT);
            socket.setSoTimeout(ANSWER);
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static String answer(Socket socket) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next > 0 && text.size() < LONGEST_ANSWER; next = in.read()) {
            text.write(next);
        }
        return text.toString(StandardCharsets.UTF_8).strip();
    }
}
