using System.Net;
using System.Text;
using Atlas.Testing;

namespace Atlas.Discovery.Tests;

/// <summary>A server on loopback that answers every chat completion with one word.</summary>
internal sealed class AnsweringModel : IAsyncDisposable
{
    private const string Answer =
        """{"id":"1","object":"chat.completion","created":1,"model":"tiny","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"ready"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public AnsweringModel()
    {
        Address = $"http://127.0.0.1:{FreePorts.Find(1)[0]}/v1";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Answer));
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
