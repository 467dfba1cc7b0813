using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Atlas.Models.Providers.Wire;

/// <summary>Sends a request without what its model is known to refuse, and again without what it refuses now.</summary>
internal sealed class NegotiatingHandler(Voice voice, string model, RefusedMembers refused, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const int MostRefusals = 8;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Content is null || Parse(await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)) is not { } original)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        var notes = CallNotes.Current;
        if (!voice.IsAnthropic)
        {
            OutgoingMessages.Complete(original, notes);
        }

        var isStream = original["stream"]?.GetValueKind() == JsonValueKind.True;
        request.Options.Set(WireOptions.Streams, isStream);
        var now = refused.Of(model);
        for (var refusals = 0; ; refusals++)
        {
            notes?.LeftOut.Clear();
            var body = original.DeepClone().AsObject();
            Negotiation.Apply(body, now, voice.IsAnthropic, notes);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString(WireOptions.Json)));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            try
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (ModelException failure) when (
                refusals < MostRefusals
                && failure is { StatusCode: { } status, Reason: { } reason }
                && Negotiation.IsAboutTheRequest(status, reason)
                && Negotiation.Refused(body, reason, voice.IsAnthropic) is { } member
                && !now.Contains(member))
            {
                now = now.Add(member);
                if (!Negotiation.IsOfThisCall(member, reason))
                {
                    refused.Add(model, member);
                }
            }
        }
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
