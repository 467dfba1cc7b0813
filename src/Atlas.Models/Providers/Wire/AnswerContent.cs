using System.Net.Http.Headers;
using System.Text;

namespace Atlas.Models.Providers.Wire;

/// <summary>An answer in the form that the vendors' packages accept.</summary>
internal static class AnswerContent
{
    public static HttpContent Of(EventStream events)
    {
        var content = new StreamContent(events);
        content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
        return content;
    }

    public static HttpContent Of(string json) => new StringContent(json, Encoding.UTF8, "application/json");
}
