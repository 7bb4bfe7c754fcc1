package offload.turn;

/** Who may read a turn: anyone with its URL, or only holders of its tokens. */
public enum Access {
    /** Anyone with the URL. */
    PUBLIC("public", "pub"),
    /** Holders of the bearer token. */
    PRIVATE("private", "priv");

    private final String word;
    private final String folder;

    Access(String word, String folder) {
        this.word = word;
        this.folder = folder;
    }

    /** The word in requests and answers. */
    public String word() {
        return word;
    }

    /** The folder below the data folder, and the segment in URLs. */
    public String folder() {
        return folder;
    }
}
