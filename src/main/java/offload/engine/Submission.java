package offload.engine;

import jakarta.json.JsonString;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import offload.address.BadWebhookUrl;
import offload.address.WebhookUrl;
import offload.engine.execution.Execution;
import offload.json.Json;
import offload.json.JsonFault;
import offload.json.JsonSource;
import offload.status.StatusDocument;
import offload.turn.ApiError;
import offload.turn.ApiException;
import offload.turn.MessageList;
import offload.turn.TurnPath;
import offload.turn.TurnRequest;
import offload.turn.UpstreamBody;
import offload.turn.UpstreamKey;
import offload.upstream.CallBody;
import offload.upstream.ChatCall;
import offload.upstream.UpstreamTarget;
import org.jspecify.annotations.Nullable;

/**
 * Takes submissions: checks what only the server can check, resolves the chain, chooses the upstream, and has the turn
 * started. Nothing is promised before it is on disk. Any thread.
 */
public final class Submission {
    private volatile List<UpstreamTarget> targets;
    private final Chain chain;
    private final WebhookCheck webhooks;
    private final Execution execution;

    Submission(List<UpstreamTarget> targets, Chain chain, WebhookCheck webhooks, Execution execution) {
        this.targets = targets;
        this.chain = chain;
        this.webhooks = webhooks;
        this.execution = execution;
    }

    /** Checks a webhook URL as far as that can be done without a network. */
    public interface WebhookCheck {
        /** The URL, or why it is refused. */
        WebhookUrl parse(String url) throws BadWebhookUrl;
    }

    /** Who is to know of a turn before it runs. */
    public interface Stored {
        /** Where this fails, the turn is given up. */
        void turn(StartedTurn turn) throws IOException;
    }

    /**
     * Starts the turn that {@code asked} asks for.
     *
     * @param urls the beginning of the turn's URLs: {@code https://host/1/r/}
     * @param earlier where {@code from_status_url} points; null where there is none
     * @param hold the memory that the request takes, the caller's to close; the turn takes what it needs of it
     * @param stored is told of the turn once it is on disk, before its upstream is asked for anything
     */
    public void accept(
            TurnRequest asked,
            Caller caller,
            String urls,
            @Nullable TurnPath earlier,
            DocumentMemory.Hold hold,
            Stored stored)
            throws IOException {
        UpstreamTarget target = targetFor(asked);
        UpstreamTarget.Limits limits = target.limits();
        TurnRequest request =
                asked.within(limits.whole().toMillis(), limits.connect().toMillis());
        UpstreamKey key = keyFor(target, caller);
        target.headers().forEach(key::alsoHide);
        WebhookUrl webhook = webhookOf(request);
        Chain.Earlier history = earlier == null || request.chain() == null
                ? null
                : chain.load(earlier, request.chain(), hold, request.messages().length());
        String messages =
                history == null ? request.messages() : MessageList.join(history.messagesJson(), request.messages());
        String conversation = conversationId(request, history);
        long second = System.currentTimeMillis() / 1000;
        TurnPath wanted = new TurnPath(request.access(), second, fileName(conversation));
        JsonSource parameters = StatusDocument.parameters(request, messages);
        String options = StatusDocument.options(request, webhook == null ? null : webhook.shown());
        String from = history == null ? null : history.statusUrl();
        byte[] body = UpstreamBody.render(request, messages, target.streamOptions());
        ChatCall call = new ChatCall(
                target.base(),
                key,
                headers(target, caller),
                new CallBody(body, hold.split(body.length)::close),
                request.streams(),
                Duration.ofMillis(request.connectTimeoutMillis()));
        Execution.Documents document = path -> new StatusDocument(
                request.kind(), second, conversation, urls + path.relative() + ".json", from, options, parameters);
        execution.start(
                request, call, wanted, document, webhook, (path, kept) -> stored.turn(new StartedTurn(path, kept)));
    }

    /** From now on calls go to these, in order of preference; turns that run keep theirs. */
    public void redirect(List<UpstreamTarget> newTargets) {
        targets = newTargets;
    }

    private UpstreamTarget targetFor(TurnRequest request) {
        String model = modelName(request.model());
        return targets.stream()
                .filter(target -> target.serves(model))
                .findFirst()
                .orElseThrow(() -> new ApiException(
                        ApiError.INVALID_PARAMETER,
                        "No upstream of this server takes the model \"" + model + "\".",
                        "model"));
    }

    private static String modelName(String raw) {
        try {
            return Json.value(raw) instanceof JsonString name ? name.getString() : raw;
        } catch (JsonFault e) {
            return raw;
        }
    }

    private static UpstreamKey keyFor(UpstreamTarget target, Caller caller) {
        UpstreamKey brought = caller.key();
        if (target.keyless()) {
            // It would lie in the requests of a server inside this process.
            if (brought != null) {
                brought.wipe();
            }
            return UpstreamKey.none();
        }
        if (brought != null) {
            return brought;
        }
        if (target.key() != null) {
            return new UpstreamKey(target.key());
        }
        throw new ApiException(
                ApiError.UPSTREAM_KEY_MISSING,
                "Send your upstream key in the header `X-OpenAI-API-Key`.",
                "X-OpenAI-API-Key");
    }

    private @Nullable WebhookUrl webhookOf(TurnRequest request) {
        if (request.webhookUrl() == null) {
            return null;
        }
        try {
            return webhooks.parse(request.webhookUrl());
        } catch (BadWebhookUrl e) {
            throw new ApiException(ApiError.INVALID_PARAMETER, String.valueOf(e.getMessage()), "webhook_url");
        }
    }

    private static String conversationId(TurnRequest request, Chain.@Nullable Earlier earlier) {
        if (request.conversationId() != null) {
            return request.conversationId();
        }
        return earlier == null ? UUID.randomUUID().toString() : earlier.conversationId();
    }

    private static String fileName(String conversation) {
        return TurnPath.canName(conversation) ? conversation : UUID.randomUUID().toString();
    }

    private static Map<String, String> headers(UpstreamTarget target, Caller caller) {
        Map<String, String> headers = new LinkedHashMap<>(target.headers());
        replace(headers, "OpenAI-Organization", caller.organization());
        replace(headers, "OpenAI-Project", caller.project());
        return headers;
    }

    /** However the operator spells the name: no field may come twice. */
    private static void replace(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        }
    }
}
