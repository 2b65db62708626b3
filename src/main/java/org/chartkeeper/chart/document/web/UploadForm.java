package org.chartkeeper.chart.document.web;

import java.util.List;
import org.springframework.web.multipart.MultipartFile;

/** Files that are sent to the queue. */
class UploadForm {

    private String channel = "scan";
    private List<MultipartFile> file = List.of();

    public String getChannel() {
        return channel;
    }

    public void setChannel(String channel) {
        this.channel = channel;
    }

    public List<MultipartFile> getFile() {
        return file;
    }

    public void setFile(List<MultipartFile> file) {
        this.file = file;
    }
}
