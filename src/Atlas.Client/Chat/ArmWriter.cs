using Atlas.Domain.Experiments;
using Microsoft.Extensions.AI;

namespace Atlas.Client.Chat;

/// <summary>Does in a request what a session's arm of an experiment asks for. The application's own messages are never changed.</summary>
internal static class ArmWriter
{
    /// <summary>The messages to send.</summary>
    /// <param name="messages">The application's messages.</param>
    /// <param name="options">A copy of its options, which is written to.</param>
    /// <param name="settings">What is asked for; null for nothing.</param>
    public static IReadOnlyList<ChatMessage> Write(IReadOnlyList<ChatMessage> messages, ChatOptions options, ArmSettings? settings)
    {
        if (settings is null)
        {
            return messages;
        }

        options.ModelId = settings.Model ?? options.ModelId;
        if (settings.SystemPrompt is null)
        {
            return messages;
        }

        if (!string.IsNullOrEmpty(options.Instructions))
        {
            options.Instructions = settings.Prompt(options.Instructions);
            return messages;
        }

        return messages is [{ Role: var role } first, ..] && role == ChatRole.System
            ? [new ChatMessage(ChatRole.System, settings.Prompt(first.Text)), .. messages.Skip(1)]
            : [new ChatMessage(ChatRole.System, settings.Prompt("")), .. messages];
    }
}
