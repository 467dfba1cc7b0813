namespace Atlas.Proxy.Routing;

/// <summary>What of the protocols a call is; all that is not known here passes as it is.</summary>
internal enum CallKind
{
    /// <summary>Anything else.</summary>
    Other,

    /// <summary>OpenAI's chat completions.</summary>
    Chat,

    /// <summary>OpenAI's responses.</summary>
    Responses,

    /// <summary>Anthropic's messages.</summary>
    Messages,

    /// <summary>Anthropic's counting of tokens.</summary>
    CountTokens,

    /// <summary>Embeddings: nothing to tell a model, but tokens to pay.</summary>
    Embeddings,
}

/// <summary>Tells what a call is.</summary>
internal static class CallKinds
{
    public static CallKind Of(string method, string path)
    {
        if (!HttpMethods.IsPost(method))
        {
            return CallKind.Other;
        }

        var plain = path.TrimEnd('/');
        return plain switch
        {
            _ when Ends(plain, "chat/completions") => CallKind.Chat,
            _ when plain is "responses" or "v1/responses" || plain.EndsWith("/v1/responses", StringComparison.Ordinal) => CallKind.Responses,
            _ when plain is "messages" or "v1/messages" => CallKind.Messages,
            _ when plain is "messages/count_tokens" or "v1/messages/count_tokens" => CallKind.CountTokens,
            _ when Ends(plain, "embeddings") => CallKind.Embeddings,
            _ => CallKind.Other,
        };
    }

    /// <summary>Whether a playbook has a place in it.</summary>
    public static bool Learns(this CallKind kind) => kind is CallKind.Chat or CallKind.Responses or CallKind.Messages or CallKind.CountTokens;

    /// <summary>Whether it is recorded as something that an agent did.</summary>
    public static bool IsRecorded(this CallKind kind) => kind is CallKind.Chat or CallKind.Responses or CallKind.Messages;

    /// <summary>Whether it takes tokens that somebody pays for.</summary>
    public static bool Spends(this CallKind kind) => kind is CallKind.Chat or CallKind.Responses or CallKind.Messages or CallKind.Embeddings;

    /// <summary>Whether refusals have the form of Anthropic's protocol.</summary>
    public static bool IsAnthropic(this CallKind kind) => kind is CallKind.Messages or CallKind.CountTokens;

    private static bool Ends(string path, string end) => path == end || path.EndsWith("/" + end, StringComparison.Ordinal);
}
