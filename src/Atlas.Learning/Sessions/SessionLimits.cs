using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using Atlas.Domain.Playbooks;
using Atlas.Domain.Sessions;
using Atlas.Learning.Journal;
using Atlas.Learning.Playbooks;

namespace Atlas.Learning.Sessions;

/// <summary>How much of anything is taken, by every door alike. A bound here is far above what agents need and far below what hurts a silo.</summary>
public static class SessionLimits
{
    /// <summary>Bytes of one event, as JSON in UTF-8.</summary>
    public const int EventBytes = 8 << 20;

    /// <summary>Events of one append.</summary>
    public const int EventsAtOnce = 10_000;

    /// <summary>Bytes of one append.</summary>
    public const int BatchBytes = 32 << 20;

    /// <summary>Events of a session.</summary>
    public const int EventsOfSession = 1_000_000;

    /// <summary>Bytes of a session's metadata, as JSON in UTF-8.</summary>
    public const int MetadataBytes = 1 << 20;

    /// <summary>Characters of any text of a session: task, answer, note, what a step says.</summary>
    public const int TextLength = 8 << 20;

    /// <summary>Steps of a plan.</summary>
    public const int Steps = 1_000;

    /// <summary>Entries of a playbook.</summary>
    public const int Entries = 1_000;

    /// <summary>Bytes of a playbook, as it is exported.</summary>
    public const int PlaybookBytes = 1 << 20;

    /// <summary>Characters of a caller's own identity of a session: what an index holds.</summary>
    public const int ExternalIdLength = 512;

    /// <exception cref="RefusedException">The append, an event of it or the session would be too large; nothing is stored then.</exception>
    public static void CheckEvents(int firstSequence, ImmutableArray<JsonElement> events)
    {
        if (events.Length > EventsAtOnce)
        {
            throw Refused($"An append takes {EventsAtOnce} events, and this one has {events.Length}. Send them in several.");
        }

        if ((long)firstSequence + events.Length > EventsOfSession)
        {
            throw Refused($"A session takes {EventsOfSession} events, numbered from 0; event {(long)firstSequence + events.Length - 1} is beyond. End it and start another.");
        }

        var whole = 0L;
        for (var index = 0; index < events.Length; index++)
        {
            var bytes = Bytes(events[index]);
            whole += bytes;
            if (bytes > EventBytes)
            {
                throw Refused($"Event {firstSequence + index} has {bytes} bytes; an event takes {EventBytes}. Store what is large elsewhere, and its address here.");
            }
        }

        if (whole > BatchBytes)
        {
            throw Refused($"An append takes {BatchBytes} bytes, and this one has {whole}. Send the events in several.");
        }
    }

    /// <exception cref="RefusedException">It is too large.</exception>
    public static void CheckMetadata(JsonElement? metadata)
    {
        if (metadata is { ValueKind: JsonValueKind.Object } given && Bytes(given) is > MetadataBytes and var bytes)
        {
            throw Refused($"The metadata of a session take {MetadataBytes} bytes, and these have {bytes}. What happened belongs into events.");
        }
    }

    /// <exception cref="RefusedException">It is too long.</exception>
    public static void CheckText(string? text, string what)
    {
        if (text?.Length > TextLength)
        {
            throw Refused($"The {what} takes {TextLength} characters, and has {text.Length}. Store what is large elsewhere, and its address here.");
        }
    }

    /// <exception cref="RefusedException">It is too long.</exception>
    public static void CheckExternalId(string? id)
    {
        if (id?.Length > ExternalIdLength)
        {
            throw Refused($"The external id of a session takes {ExternalIdLength} characters, and this one has {id.Length}. A hash of it will do as well.");
        }
    }

    /// <exception cref="RefusedException">It has too many steps.</exception>
    public static void CheckPlan(SessionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.Steps.IsDefault && plan.Steps.Length > Steps)
        {
            throw Refused($"A plan takes {Steps} steps, and this one has {plan.Steps.Length}.");
        }
    }

    /// <exception cref="RefusedException">It has too many entries, or says too much.</exception>
    public static void CheckPlaybook(LearnedPlaybook playbook)
    {
        ArgumentNullException.ThrowIfNull(playbook);
        if (!playbook.Entries.IsDefault && playbook.Entries.Length > Entries)
        {
            throw Refused($"A playbook takes {Entries} entries, and this one has {playbook.Entries.Length}. No prompt has room for so many.");
        }

        if (PlaybookDocument.Export(playbook).Length is > PlaybookBytes and var length)
        {
            throw Refused($"A playbook takes {PlaybookBytes} characters, and this one has {length}. No prompt has room for so much.");
        }
    }

    private static int Bytes(JsonElement value) => value.ValueKind is JsonValueKind.Undefined ? 0 : JsonMarshal.GetRawUtf8Value(value).Length;

    private static RefusedException Refused(FormattableString sentence) => new(FormattableString.Invariant(sentence));
}
