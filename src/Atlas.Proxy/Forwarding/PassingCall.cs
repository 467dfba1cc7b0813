using System.Globalization;
using Atlas.Configuration.Proxying;
using Atlas.Proxy.Recording;
using Atlas.Proxy.Routing;
using Atlas.Proxy.Sessions;
using Atlas.Proxy.Telemetry;

namespace Atlas.Proxy.Forwarding;

/// <summary>A call in progress, and what is noted about it.</summary>
internal sealed class PassingCall(CallKind kind, Upstream upstream, ProxyRoute route, ProxySession? session, string? lack, ProxyOptions options, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();
    private TimeSpan? _firstByte;
    private int _status;
    private bool _isStream;
    private Exception? _cut;

    /// <summary>Gets a value indicating whether the answer is copied, for the recorder or to count tokens.</summary>
    public bool IsCopied => kind.Spends();

    public AnswerCopy? Copy { get; private set; }

    public Task Read { get; private set; } = Task.CompletedTask;

    public int Status => _status;

    public string? Lack => lack;

    public bool HasPlaybook => session?.Block is not null;

    public string? LearningKey => session?.Playbook.LearningKey;

    public int? PlaybookVersion => session?.Playbook.Version;

    public void WriteHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        if (session is not null)
        {
            if (session.SessionId is { } id)
            {
                headers["x-atlas-session-id"] = id.ToString(CultureInfo.InvariantCulture);
            }

            headers["x-atlas-playbook-version"] = session.Playbook.Version.ToString(CultureInfo.InvariantCulture);
            if (session.Playbook.Student?.VersionSha256 is { } hash)
            {
                headers["x-atlas-playbook-sha256"] = hash;
            }
        }

        if (lack is not null)
        {
            headers["x-atlas-degraded"] = lack;
        }
    }

    /// <summary>Notes that the upstream has answered.</summary>
    /// <returns>The copy to write the body to; null for none.</returns>
    public AnswerCopy? Answered(int status, bool isStream, string encoding)
    {
        (_status, _isStream) = (status, isStream);
        _firstByte = time.GetElapsedTime(_began);
        ProxyTelemetry.FirstByte.Record(_firstByte.Value.TotalMilliseconds, new KeyValuePair<string, object?>("upstream", upstream.Name));
        if (!IsCopied)
        {
            return null;
        }

        if (!AnswerCopy.Fits(encoding))
        {
            ProxyTelemetry.Unrecorded.Add(1, new KeyValuePair<string, object?>("reason", "encoding"));
            return null;
        }

        Copy = new AnswerCopy(kind, options.MaxAnswerBytes);
        Read = Task.Run(() => Copy.ReadAsync(isStream, encoding));
        return Copy;
    }

    /// <summary>Notes that no more bytes follow.</summary>
    public void Ended(Exception? cut)
    {
        _cut ??= cut;
        Copy?.End();
    }

    /// <summary>Creates the record of the call.</summary>
    public RecordedCall? Record(ReadOnlyMemory<byte> body, string? model, bool clientHasGone) => session is null ? null : new RecordedCall
    {
        Session = session,
        Kind = kind,
        Upstream = upstream.Name,
        Path = route.Path,
        Model = model,
        Price = upstream.PriceOf(model),
        Body = body,
        Copy = Copy ?? new AnswerCopy(kind, 0),
        Status = _status,
        IsStream = _isStream,
        FirstByte = _firstByte,
        Duration = time.GetElapsedTime(_began),
        Failure = clientHasGone ? "client_gone" : _status == 0 ? "no_answer" : _cut is not null ? "upstream_cut" : null,
    };
}
