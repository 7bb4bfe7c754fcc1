package offload.keys;

/** Why a command about keys was not carried out, in a sentence for the operator that says what to do. */
public final class KeyFault extends Exception {

    KeyFault(String message) {
        super(message);
    }
}
