using Atlas.Domain.Experiments;
using Microsoft.Extensions.AI;

namespace Atlas.Client.Chat;

/// <summary>Applies the settings of a session's experiment arm to a request. The application's own messages are never changed.</summary>
internal static class ArmWriter
{
    /// <summary>Returns the messages to send.</summary>
    /// <param name="messages">The application's messages.</param>
    /// <param name="options">A copy of the application's options, which this method changes.</param>
    /// <param name="settings">The settings to apply; null for none.</param>
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

        if (messages is [{ Role: var role } first, ..] && role == ChatRole.System)
        {
            return [new ChatMessage(ChatRole.System, settings.Prompt(first.Text)), .. messages.Skip(1)];
        }

        // A conversation kept by the provider would collect a copy of the prompt with every call; instructions apply to one call only.
        if (options.ConversationId is not null)
        {
            options.Instructions = settings.Prompt("");
            return messages;
        }

        return [new ChatMessage(ChatRole.System, settings.Prompt("")), .. messages];
    }
}
