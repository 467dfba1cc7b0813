namespace Atlas.Proxy.Routing;

/// <summary>The kind of a call; unknown kinds pass unchanged.</summary>
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

    /// <summary>Anthropic's token counting.</summary>
    CountTokens,

    /// <summary>Embeddings: no place for a playbook, but tokens to pay for.</summary>
    Embeddings,

    /// <summary>OpenAI's completions of a text, from before chats: tokens to pay for, but no conversation.</summary>
    Completions,

    /// <summary>OpenAI's compaction of a conversation: tokens to pay for, but no step of the agent's work.</summary>
    Compaction,
}

/// <summary>Determines the kind of a call.</summary>
internal static class CallKinds
{
    /// <summary>Determines the kind from the segments of a path as the upstream may understand them, so that no spelling of an address
    /// avoids budgets and records.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The decoded segments, without empty ones.</param>
    public static CallKind Of(string method, ReadOnlySpan<string> path)
    {
        if (!HttpMethods.IsPost(method))
        {
            return CallKind.Other;
        }

        // Threads have messages, too, and so can anything; only those behind the version are meant.
        return path switch
        {
            _ when Ends(path, "chat", "completions") => CallKind.Chat,
            _ when Ends(path, "v1", "responses") || Ends(path, "openai", "responses") || (path.Length == 1 && Ends(path, "responses")) => CallKind.Responses,
            _ when Ends(path, "v1", "messages") || (path.Length == 1 && Ends(path, "messages")) => CallKind.Messages,
            _ when Ends(path, "v1", "messages", "count_tokens") || (path.Length == 2 && Ends(path, "messages", "count_tokens")) => CallKind.CountTokens,
            _ when Ends(path, "responses", "compact") => CallKind.Compaction,
            _ when Ends(path, "embeddings") => CallKind.Embeddings,
            _ when Ends(path, "completions") => CallKind.Completions,
            _ => CallKind.Other,
        };
    }

    /// <summary>Returns whether a playbook can be injected into such a call.</summary>
    public static bool Learns(this CallKind kind) => kind is CallKind.Chat or CallKind.Responses or CallKind.Messages or CallKind.CountTokens;

    /// <summary>Returns whether such a call is recorded as something that an agent did.</summary>
    public static bool IsRecorded(this CallKind kind) => kind is CallKind.Chat or CallKind.Responses or CallKind.Messages;

    /// <summary>Returns whether such a call uses tokens that somebody pays for.</summary>
    public static bool Spends(this CallKind kind) => kind is CallKind.Chat or CallKind.Responses or CallKind.Messages or CallKind.Embeddings or CallKind.Completions or CallKind.Compaction;

    /// <summary>Returns whether refusals have the form of Anthropic's protocol.</summary>
    public static bool IsAnthropic(this CallKind kind) => kind is CallKind.Messages or CallKind.CountTokens;

    private static bool Ends(ReadOnlySpan<string> path, params ReadOnlySpan<string> end)
    {
        if (path.Length < end.Length)
        {
            return false;
        }

        var last = path[^end.Length..];
        for (var at = 0; at < end.Length; at++)
        {
            if (!last[at].Equals(end[at], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
