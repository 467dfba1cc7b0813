using Atlas.Domain;
using Atlas.Proxy.Requests;
using Atlas.Proxy.Routing;
using static Atlas.Proxy.Injection.InjectedBlock;

namespace Atlas.Proxy.Injection;

/// <summary>Decides where in a body a playbook goes. It only adds: whatever the client wrote stays, byte for byte and in its
/// order.</summary>
internal static class Injector
{
    public static IReadOnlyList<Splice> Splices(ScannedRequest request, CallKind kind, InjectedBlock block, bool marks) => kind switch
    {
        CallKind.Chat => Chat(request, block),
        CallKind.Responses => Responses(request, block),
        CallKind.Messages or CallKind.CountTokens => MessagesInjection.Splices(request, block, marks),
        _ => [],
    };

    /// <summary>Injects into the last of the leading system messages, since many models accept only one.</summary>
    private static IReadOnlyList<Splice> Chat(ScannedRequest request, InjectedBlock block)
    {
        if (!request.List.IsThere || request.ListIsEmpty)
        {
            return [];
        }

        var turn = block.Mode is InjectionMode.Prefix ? request.Leading.FirstOrDefault() : request.Leading.LastOrDefault();
        return turn is not null && Into(turn.Content, block, "text") is { } splice
            ? [splice]
            : [new Splice(request.List.Start + 1, 0, Join(Utf8("""{"role":"system","content":"""), block.Quoted, Utf8("},")))];
    }

    /// <summary>Injects into the instructions. They apply to one call, whereas the provider keeps what is in the input, and the next call
    /// of the conversation would add another copy. Only if the provider keeps nothing does the playbook go into the input, after the
    /// client's own words.</summary>
    private static IReadOnlyList<Splice> Responses(ScannedRequest request, InjectedBlock block)
    {
        if (request.System.Form is ContentForm.Text)
        {
            return [IntoText(request.System, block)];
        }

        if (request.System.Form is not ContentForm.None)
        {
            return [];
        }

        var keepsNothing = !request.Store && request.PreviousResponse is null && request.Conversation is null;
        var turn = block.Mode is InjectionMode.Prefix ? request.Leading.FirstOrDefault() : request.Leading.LastOrDefault();
        if (keepsNothing && turn is not null && Into(turn.Content, block, "input_text") is { } splice)
        {
            return [splice];
        }

        return request.SystemNull.IsThere
            ? [new Splice(request.SystemNull.Start, request.SystemNull.End - request.SystemNull.Start, block.Quoted)]
            : [Member(request, "instructions", block.Quoted)];
    }

    /// <summary>Returns a new member at the beginning of the body.</summary>
    public static Splice Member(ScannedRequest request, string name, byte[] value) =>
        new(request.Inside, 0, Join(Utf8($"\"{name}\":"), value, Utf8(request.IsEmpty ? "" : ",")));

    public static Splice IntoText(Content content, InjectedBlock block) =>
        new(block.Mode is InjectionMode.Prefix ? content.At.Start + 1 : content.At.End - 1, 0, block.Within(content.IsEmptyText));

    private static Splice? Into(Content content, InjectedBlock block, string type)
    {
        switch (content.Form)
        {
            case ContentForm.Text:
                return IntoText(content, block);
            case ContentForm.Blocks:
                var part = Join(Utf8($"{{\"type\":\"{type}\",\"text\":"), block.Quoted, Utf8("}"));
                return content.Blocks.Count == 0 ? new Splice(content.At.Start + 1, 0, part)
                    : block.Mode is InjectionMode.Prefix ? new Splice(content.Blocks[0].At.Start, 0, Join(part, Utf8(",")))
                    : new Splice(content.Blocks[^1].At.End, 0, Join(Utf8(","), part));
            default:
                return null;
        }
    }
}
