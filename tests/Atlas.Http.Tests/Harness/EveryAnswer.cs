using System.Collections.Concurrent;
using System.Net.Mime;
using System.Text;
using Atlas.Http.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

[assembly: AssemblyFixture(typeof(EveryAnswer))]

namespace Atlas.Http.Tests.Harness;

/// <summary>Holds every answer of every host of this suite against the OpenAPI document, whoever asked: .NET, Python, TypeScript, npm's programs, tools
/// of MCP, with and without TLS or API keys. What does not fit fails the suite when its last test is over.</summary>
public sealed class EveryAnswer : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<string, int> Complaints = new(StringComparer.Ordinal);
    private static readonly SemaphoreSlim Reading = new(1);
    private static DocumentCheck? _check;
    private static long _checked;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Assert.True(Complaints.IsEmpty, $"Of {_checked} answers some do not fit the OpenAPI document:\n{string.Join('\n', Complaints.Keys.Order(StringComparer.Ordinal).Take(40))}");
        return ValueTask.CompletedTask;
    }

    /// <summary>Watches a host. Called before anything else is put into its pipeline.</summary>
    public static void Of(WebApplication app) => app.Use(async (context, next) =>
    {
        var (response, wire) = (context.Response, context.Response.Body);
        using var copy = new MemoryStream();
        await using var both = new CopyingStream(wire, copy);
        response.Body = both;
        try
        {
            await next(context);
        }
        finally
        {
            response.Body = wire;
        }

        // Of an answer that nobody waited for only a part may be there.
        if (!context.RequestAborted.IsCancellationRequested)
        {
            var path = context.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
            (await CheckOfAsync(app)).Check(context.Request.Method, path, response.StatusCode, response.ContentType is { } type ? new ContentType(type).MediaType : null, Encoding.UTF8.GetString(copy.GetBuffer(), 0, (int)copy.Length));
        }
    });

    /// <summary>A handler for a client of a silo in another process.</summary>
    public static DelegatingHandler OfAnotherProcess() => new FromOutside();

    /// <summary>How many answers were held against the document.</summary>
    public static long Checked => Interlocked.Read(ref _checked);

    internal static void Count() => Interlocked.Increment(ref _checked);

    internal static void Complain(string complaint) => Complaints.AddOrUpdate(complaint, 1, (_, times) => times + 1);

    /// <summary>The document as an application serves it, read without a connection: not every client may speak to every host.</summary>
    private static async Task<DocumentCheck> CheckOfAsync(WebApplication app)
    {
        if (_check is { } known)
        {
            return known;
        }

        await Reading.WaitAsync();
        try
        {
            if (_check is null)
            {
                var endpoint = app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
                    .First(one => one.RoutePattern.RawText is "/openapi/v1.json");
                await using var services = app.Services.CreateAsyncScope();
                using var body = new MemoryStream();
                var context = new DefaultHttpContext { RequestServices = services.ServiceProvider };
                context.Response.Body = body;
                await endpoint.RequestDelegate!(context);
                _check = new DocumentCheck(Encoding.UTF8.GetString(body.ToArray()));
            }

            return _check;
        }
        finally
        {
            Reading.Release();
        }
    }

    private sealed class FromOutside() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            var type = response.Content.Headers.ContentType?.MediaType;
            var body = type is "text/event-stream" ? "" : await response.Content.ReadAsStringAsync(cancellationToken);
            _check?.Check(request.Method.Method, request.RequestUri!.AbsolutePath, (int)response.StatusCode, type, body);
            return response;
        }
    }

    /// <summary>Writes on, and keeps what was written.</summary>
    private sealed class CopyingStream(Stream wire, MemoryStream copy) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => wire.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => wire.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            copy.Write(buffer, offset, count);
            wire.Write(buffer, offset, count);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            copy.Write(buffer.Span);
            return wire.WriteAsync(buffer, cancellationToken);
        }
    }
}
