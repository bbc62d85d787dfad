using Npgsql;
using Sluice.Core;
using Sluice.Core.Extraction;
using Sluice.Core.Tables;

namespace Sluice.Lake.PostgreSql;

/// <summary>Reads the pages of one session.</summary>
/// <param name="session">The session.</param>
/// <param name="definition">The source.</param>
/// <param name="flags">What the server is.</param>
/// <param name="guard">What failures mean.</param>
/// <param name="find">Finds a table in the catalog.</param>
internal sealed class PostgreSqlPages(
    NpgsqlConnection session,
    SourceDefinition definition,
    PostgreSqlFlags flags,
    PostgreSqlGuard guard,
    Func<string, PostgreSqlRelation> find
)
{
    // More than this is not read to its end only to be thrown away; less is not worth the connection that a cancel takes.
    private const long LongBytes = 1 << 20;

    private readonly CopyRows _rows = new();
    private PagePlan? _plan;
    private long _begun;

    /// <summary>Reads one page; see <see cref="ISource.ReadPageAsync"/>.</summary>
    public SourceBound? Read(PageRequest request, RowPage page, CancellationToken cancellationToken)
    {
        try
        {
            return request.Order.Count == 0 ? ReadNext(request, page) : ReadPage(request, page);
        }
        catch (Exception failure)
        {
            Abandon();
            throw Meaning(failure, request, cancellationToken);
        }
    }

    /// <summary>Ends what is open.</summary>
    public void Abandon()
    {
        try
        {
            _rows.End(isLong: true);
        }
        catch (Exception failure) when (guard.IsFromDriver(failure))
        {
            // What ended the statement is told by whoever asked for it.
        }
    }

    private SourceBound? ReadPage(PageRequest request, RowPage page)
    {
        var plan = Plan(request);
        var limit = Math.Min(request.MaxRows, plan.MaxRows);
        var (part, rest) = plan.IsByBlocks ? BlockRange.First(request, plan.Relation, limit) : (request, null);
        Begin(plan, part, limit);
        var isCut = Fill(plan, page, limit);
        var (rows, bytes) = (page.Rows, _rows.Bytes);
        var next = isCut ? plan.After(_rows) : rest;
        _rows.End(isLong: isCut && (limit - rows) * (bytes / Math.Max(rows, 1)) > LongBytes);
        plan.Learn(rows, isCut && rows < limit, bytes);
        return next;
    }

    // One statement over all pages; its end is the table's end.
    private SourceBound? ReadNext(PageRequest request, RowPage page)
    {
        if (request.Lower is not null && !_rows.IsOpen)
        {
            throw new PipelineException(
                $"The table {definition.Name}.{request.Shape.Table} is read by one statement, which cannot go on where another one ended."
            )
            {
                Hint = "Begin again, or give it a key: then it is read in pages.",
            };
        }

        if (request.Lower is null)
        {
            Abandon();
            Plan(request);
        }

        if (!_rows.IsOpen)
        {
            Begin(_plan!, request, request.MaxRows);
        }

        if (Fill(_plan!, page, request.MaxRows))
        {
            return new(["next"], IsInclusive: false);
        }

        _rows.End(isLong: false);
        return null;
    }

    private PagePlan Plan(PageRequest request)
    {
        if (_plan?.Fits(request) != true)
        {
            _begun = guard.Now;
            var relation = find(request.Shape.Table);
            var columns = PostgreSqlCatalog.Columns(session, relation);
            _plan = new PagePlan(request, relation, columns, definition.TimeZone, flags.ChecksText);
        }

        return _plan;
    }

    private void Begin(PagePlan plan, PageRequest request, int rows)
    {
        _begun = guard.Now;
        _rows.Begin(session.BeginRawBinaryCopy(plan.Text(request, rows)), plan.Fields);
    }

    // Whether the page was full before the rows were at their end.
    private bool Fill(PagePlan plan, RowPage page, int limit)
    {
        ColumnBuffer[] columns = [.. page.Columns];
        do
        {
            while (_rows.TryNext())
            {
                plan.Take(_rows, columns);
                if (columns[0].Rows >= limit || page.IsFull)
                {
                    return true;
                }
            }
        } while (_rows.Fill());

        return false;
    }

    private Exception Meaning(Exception failure, PageRequest request, CancellationToken cancellationToken)
    {
        if (failure is not PostgreSqlValueException wrong)
        {
            return guard.IsFromDriver(failure) ? guard.Meaning(failure, _begun, cancellationToken) : failure;
        }

        var table = request.Shape.Table;
        return new PipelineException(
            $"The column '{wrong.Column.Name}' of {definition.Name}.{table} holds {wrong.Found} {_plan!.PlaceOf(_rows)}, and {wrong.Column.Type} was expected."
        )
        {
            Hint =
                $"Correct the value, or load the column as text: tables: {{{table}: {{columns: {{{wrong.Column.Name}: {{type: string}}}}}}}}.",
        };
    }
}
