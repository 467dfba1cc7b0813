using Atlas.Domain;
using Atlas.Proxy.Requests;
using static Atlas.Proxy.Injection.InjectedBlock;

namespace Atlas.Proxy.Injection;

/// <summary>Puts a playbook into Anthropic's <c>system</c>, with the cache markers that it needs.</summary>
/// <remarks>The service accepts at most four markers, and no longer-lived one after a shorter-lived one. The client's markers stay, so the
/// proxy adds only as many as are left, with the lifetime of those that follow.</remarks>
internal static class MessagesInjection
{
    private const int MostMarkers = 4;

    public static IReadOnlyList<Splice> Splices(ScannedRequest request, InjectedBlock block, bool marks)
    {
        var left = marks && block.Mode is InjectionMode.Suffix ? MostMarkers - request.Markers : 0;
        var marker = request.LaterIsLong ? ",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}" : ",\"cache_control\":{\"type\":\"ephemeral\"}";
        var system = request.System;
        var hasOwn = system.Form is ContentForm.Text ? !system.IsEmptyText : system.Blocks.Any(own => own.IsText);

        // The client's own prompt stays when the playbook changes, so its end is marked first.
        var marksOwn = left > 0 && hasOwn && CanMark(system);
        if (marksOwn)
        {
            left--;
        }

        // The conversation follows, and a marker there covers the playbook, too.
        var ours = Block(block, left > 0 && !request.HasLaterMarker ? marker : "");
        return system.Form switch
        {
            ContentForm.Text when system.IsEmptyText => [new Splice(system.At.Start, 2, block.Quoted)],
            ContentForm.Text when marksOwn =>
            [
                new Splice(system.At.Start, 0, Utf8("[{\"type\":\"text\",\"text\":")),
                new Splice(system.At.End, 0, Join(Utf8(marker + "},"), ours, Utf8("]"))),
            ],
            ContentForm.Text => [Injector.IntoText(system, block)],
            ContentForm.Blocks => IntoBlocks(system, block, ours, marksOwn ? marker : null),
            ContentForm.None when request.SystemNull.IsThere =>
                [new Splice(request.SystemNull.Start, request.SystemNull.End - request.SystemNull.Start, Join(Utf8("["), ours, Utf8("]")))],
            ContentForm.None => [Injector.Member(request, "system", Join(Utf8("["), ours, Utf8("]")))],
            _ => [],
        };
    }

    private static bool CanMark(Content system) =>
        system.Form is ContentForm.Text || system.Blocks[^1] is { IsText: true, IsMarked: false, MustBeFirst: false };

    private static List<Splice> IntoBlocks(Content system, InjectedBlock block, byte[] ours, string? marker)
    {
        if (system.Blocks.Count == 0)
        {
            return [new Splice(system.At.Start + 1, 0, ours)];
        }

        // What a client needs at the beginning stays there, even if the playbook goes before the prompt.
        var first = system.Blocks.TakeWhile(own => own.MustBeFirst).Count();
        if (block.Mode is InjectionMode.Prefix && first < system.Blocks.Count)
        {
            return [new Splice(system.Blocks[first].At.Start, 0, Join(ours, Utf8(",")))];
        }

        var last = system.Blocks[^1].At.End;
        var added = new Splice(last, 0, Join(Utf8(","), ours));
        return marker is null ? [added] : [new Splice(last - 1, 0, Utf8(marker)), added];
    }

    private static byte[] Block(InjectedBlock block, string marker) => Join(Utf8("{\"type\":\"text\",\"text\":"), block.Quoted, Utf8(marker + "}"));
}
