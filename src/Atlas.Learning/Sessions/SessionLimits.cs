using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Sessions;

/// <summary>Size limits, the same for every interface. They are far above what agents need and far below what hurts a silo.</summary>
public static class SessionLimits
{
    /// <summary>The largest event, in bytes of JSON in UTF-8.</summary>
    public const int EventBytes = 8 << 20;

    /// <summary>The largest number of events in one append.</summary>
    public const int EventsAtOnce = 10_000;

    /// <summary>The largest append, in bytes.</summary>
    public const int BatchBytes = 32 << 20;

    /// <summary>The largest number of events in a session.</summary>
    public const int EventsOfSession = 1_000_000;

    /// <summary>The largest metadata of a session, in bytes of JSON in UTF-8.</summary>
    public const int MetadataBytes = 1 << 20;

    /// <summary>The largest number of characters of any text of a session: task, answer, note, text of a step.</summary>
    public const int TextLength = 8 << 20;

    /// <summary>The largest number of steps in a plan.</summary>
    public const int Steps = 1_000;

    /// <summary>The largest number of entries in a playbook.</summary>
    public const int Entries = 1_000;

    /// <summary>The largest exported playbook, in bytes.</summary>
    public const int PlaybookBytes = 1 << 20;

    /// <summary>The largest number of characters in a caller's external id of a session: the limit of an index.</summary>
    public const int ExternalIdLength = 512;

    /// <exception cref="RefusedException">The append, an event of it or the session would be too large; nothing is stored.</exception>
    public static void CheckEvents(int firstSequence, ImmutableArray<JsonElement> events)
    {
        if (events.Length > EventsAtOnce)
        {
            throw Refused($"An append can have at most {EventsAtOnce} events, and this one has {events.Length}. Split it into several appends.");
        }

        if ((long)firstSequence + events.Length > EventsOfSession)
        {
            throw Refused($"A session can have at most {EventsOfSession} events, numbered from 0; event {(long)firstSequence + events.Length - 1} is beyond the limit. End the session and start another.");
        }

        var whole = 0L;
        for (var index = 0; index < events.Length; index++)
        {
            var bytes = Bytes(events[index]);
            whole += bytes;
            if (bytes > EventBytes)
            {
                throw Refused($"Event {firstSequence + index} has {bytes} bytes; an event can have at most {EventBytes}. Store large content elsewhere and put its address here.");
            }
        }

        if (whole > BatchBytes)
        {
            throw Refused($"An append can have at most {BatchBytes} bytes, and this one has {whole}. Split it into several appends.");
        }
    }

    /// <exception cref="RefusedException">It is too large.</exception>
    public static void CheckMetadata(JsonElement? metadata)
    {
        if (metadata is { ValueKind: JsonValueKind.Object } given && Bytes(given) is > MetadataBytes and var bytes)
        {
            throw Refused($"The metadata of a session can have at most {MetadataBytes} bytes, and these have {bytes}. Record what happened as events.");
        }
    }

    /// <exception cref="RefusedException">It is too long.</exception>
    public static void CheckText(string? text, string what)
    {
        if (text?.Length > TextLength)
        {
            throw Refused($"The {what} can have at most {TextLength} characters, and has {text.Length}. Store large content elsewhere and put its address here.");
        }
    }

    /// <exception cref="RefusedException">It is too long.</exception>
    public static void CheckExternalId(string? id)
    {
        if (id?.Length > ExternalIdLength)
        {
            throw Refused($"The external id of a session can have at most {ExternalIdLength} characters, and this one has {id.Length}. Use a hash of it instead.");
        }
    }

    /// <exception cref="RefusedException">It has too many steps.</exception>
    public static void CheckPlan(SessionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.Steps.IsDefault && plan.Steps.Length > Steps)
        {
            throw Refused($"A plan can have at most {Steps} steps, and this one has {plan.Steps.Length}. Combine some.");
        }
    }

    /// <exception cref="RefusedException">It has too many entries, or is too large.</exception>
    public static void CheckPlaybook(LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        if (!playbook.Entries.IsDefault && playbook.Entries.Length > Entries)
        {
            throw Refused($"A playbook can have at most {Entries} entries, and this one has {playbook.Entries.Length}. Remove some: no prompt has room for so many.");
        }

        if (PlaybookDocument.Export(playbook).Length is > PlaybookBytes and var length)
        {
            throw Refused($"A playbook can have at most {PlaybookBytes} characters, and this one has {length}. Shorten it: no prompt has room for so much.");
        }
    }

    private static int Bytes(JsonElement value) => value.ValueKind is JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(value).Length;

    private static RefusedException Refused(FormattableString sentence) => new(FormattableString.Invariant(sentence));
}
