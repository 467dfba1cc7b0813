using Atlas.Domain;
using Atlas.Learning.Injection;
using Microsoft.Extensions.AI;

namespace Atlas.Client.Chat;

/// <summary>Writes a playbook into a request. The application's own messages and options are never changed.</summary>
internal static class PromptWriter
{
    /// <summary>Returns the messages to send.</summary>
    /// <param name="messages">The application's messages.</param>
    /// <param name="options">A copy of the application's options, which this method changes.</param>
    /// <param name="playbook">What to inject, and where.</param>
    /// <param name="mark">Marks the cache breakpoint; null for no mark.</param>
    public static IReadOnlyList<ChatMessage> Write(
        IReadOnlyList<ChatMessage> messages, ChatOptions options, PromptPlaybook playbook, Action<AIContent>? mark)
    {
        // A conversation kept by the provider would collect a copy of the playbook with every call; instructions apply to one call only.
        if (options.ConversationId is not null)
        {
            options.Instructions = Nonempty(PromptInjection.Compose(options.Instructions, playbook.Block, playbook.Mode).Text);
            return messages;
        }

        return playbook.Mode is InjectionMode.Prefix
            ? Prefix(messages, options, playbook.Block)
            : Suffix(messages, options, playbook.Block, mark);
    }

    private static IReadOnlyList<ChatMessage> Prefix(IReadOnlyList<ChatMessage> messages, ChatOptions options, string? block)
    {
        if (block is null)
        {
            return messages;
        }

        if (!string.IsNullOrEmpty(options.Instructions))
        {
            options.Instructions = PromptInjection.Compose(options.Instructions, block, InjectionMode.Prefix).Text;
            return messages;
        }

        if (messages is not [{ Role: var role } first, ..] || role != ChatRole.System)
        {
            return [new ChatMessage(ChatRole.System, block), .. messages];
        }

        var prompt = first.Clone();
        prompt.Contents = first.Contents is [TextContent only]
            ? [Copy(only, PromptInjection.Compose(only.Text, block, InjectionMode.Prefix).Text)]
            : [new TextContent(block + PromptInjection.Separator), .. first.Contents];
        return [prompt, .. messages.Skip(1)];
    }

    private static IReadOnlyList<ChatMessage> Suffix(
        IReadOnlyList<ChatMessage> messages, ChatOptions options, string? block, Action<AIContent>? mark)
    {
        var stable = messages.TakeWhile(message => message.Role == ChatRole.System).ToList();
        var rest = messages.Skip(stable.Count).ToArray();
        if (mark is not null)
        {
            if (!string.IsNullOrEmpty(options.Instructions))
            {
                stable.Insert(0, new ChatMessage(ChatRole.System, options.Instructions));
                options.Instructions = null;
            }

            if (PromptInjection.Compose([.. stable.Select(message => message.Text)], block, InjectionMode.Suffix).Breakpoint is not null)
            {
                var last = stable.FindLastIndex(message => message.Text.Length > 0);
                stable[last] = Marked(stable[last], mark);
            }
        }

        return block is null ? [.. stable, .. rest] : [.. stable, new ChatMessage(ChatRole.System, block), .. rest];
    }

    private static ChatMessage Marked(ChatMessage message, Action<AIContent> mark)
    {
        var copy = message.Clone();
        var contents = message.Contents.ToList();
        var last = contents.FindLastIndex(content => content is TextContent);
        var marked = Copy((TextContent)contents[last], ((TextContent)contents[last]).Text);
        mark(marked);
        contents[last] = marked;
        copy.Contents = contents;
        return copy;
    }

    private static TextContent Copy(TextContent source, string text) => new(text)
    {
        AdditionalProperties = source.AdditionalProperties?.Clone(),
        Annotations = source.Annotations,
        RawRepresentation = text == source.Text ? source.RawRepresentation : null,
    };

    private static string? Nonempty(string text) => text.Length > 0 ? text : null;
}
